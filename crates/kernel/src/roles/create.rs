//! Making a role of the workspace's own.

use guildhall_authz::{AuthzError, Change, Epoch, NewRole, SpelledPermission};
use guildhall_core::{Name, RoleCode, RoleId};

use crate::{Begun, BuiltinRole, Event, Kernel, KernelError, Outcome, Request, RoleShown, code};

/// A role of the workspace's own to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRole {
    /// How it is spelled.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
    /// What its holders may do.
    pub permissions: Vec<SpelledPermission>,
}

impl Kernel {
    /// Makes a role that exists in the caller's workspace alone.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `ROLE_MANAGE`; [`KernelError::Refused`] for a permission that a workspace's own role
    /// can't hold; [`KernelError::Authz`] where the code is taken.
    pub async fn create_role(
        &self,
        request: &Request,
        command: CreateRole,
    ) -> Result<Outcome<RoleShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_role(request, RoleId::new(id)).await?));
            }
        };
        work.authorize_workspace(&code::ROLE_MANAGE)?;
        let CreateRole { code, name, permissions } = command;
        expect_own_spelling(&code)?;
        let permissions = work.read_permissions(&permissions, &[].into())?;
        work.raise(Epoch::Workspace, &[Change::Everything]).await?;
        let role = self.authz(&*work).create_role(NewRole { code, name, permissions }).await?;
        work.finish(Event::new("role.created", role.id.uuid(), role.name.to_string()).creating(&role))
            .await?;
        Ok(Outcome::Done(self.find_role(request, role.id).await?))
    }
}

/// A role that looks like one of the platform's would be taken for it.
pub(super) fn expect_own_spelling(code: &RoleCode) -> Result<(), KernelError> {
    if BuiltinRole::ALL.iter().any(|role| role.code() == *code) {
        return Err(AuthzError::RoleCodeTaken { code: code.clone() }.into());
    }
    Ok(())
}
