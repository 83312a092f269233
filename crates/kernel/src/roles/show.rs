//! Roles as their reader sees them.

use guildhall_authz::{OwnRole, Owner, Role};
use guildhall_core::{Page, PageRequest, PermissionCode, RoleId, RowVersion};

use crate::{BuiltinRole, Kernel, KernelError, Request, code, paging::page_of, work::Work};

/// What the codes of roles are about. Whoever holds one of them anywhere in the workspace sees its roles.
const CODES: [PermissionCode; 3] = [code::ROLE_GRANT, code::ROLE_MANAGE, code::ROLE_READ];

/// A role as its reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleShown {
    /// The role. One of the workspace's own has all that was put into it, also what can't be had here now.
    pub role: Role,
    /// Whether it can be granted; some follow from memberships alone.
    pub grantable: bool,
    /// How often it was changed; `None` for what is not the workspace's own.
    pub version: Option<RowVersion>,
    /// What the reader may do with it.
    pub may: Vec<PermissionCode>,
}

impl Kernel {
    /// A page of the roles that there are here: the platform's first, then the workspace's own, then those of products, each
    /// by code.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller neither reads, nor grants, nor manages roles anywhere here.
    pub async fn list_roles(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<RoleShown>, KernelError> {
        let work = self.read(request).await?;
        work.may_see_roles()?;
        let space = work.space()?;
        let own = work.own_roles().list().await?.into_iter();
        let own: Vec<RoleShown> = own.map(|role| show_own(&work, role, Owner::Workspace(space))).collect();
        let others = work.view().roles.values().filter_map(|role| show_other(&work, role));
        Ok(page_of(others.chain(own).collect(), page, position))
    }

    /// One role.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller neither reads, nor grants, nor manages roles anywhere here;
    /// [`KernelError::NotFound`] where there is no such role.
    pub async fn find_role(&self, request: &Request, id: RoleId) -> Result<RoleShown, KernelError> {
        let work = self.read(request).await?;
        work.may_see_roles()?;
        if let Some(role) = work.own_roles().find(id).await? {
            return Ok(show_own(&work, role, Owner::Workspace(work.space()?)));
        }
        let role = work.view().roles.get(&id).and_then(|role| show_other(&work, role));
        role.ok_or(KernelError::NotFound)
    }
}

impl Work<'_> {
    fn may_see_roles(&self) -> Result<(), KernelError> {
        if self.may_anywhere(&CODES.each_ref()) {
            Ok(())
        } else {
            Err(KernelError::Forbidden(code::ROLE_READ))
        }
    }

    /// The workspace's own role, to be changed. Other roles that are here are seen, and changed elsewhere.
    pub(super) async fn authorize_own_role(&self, id: RoleId) -> Result<OwnRole, KernelError> {
        self.may_see_roles()?;
        self.require(&code::ROLE_MANAGE, self.view().root())?;
        if let Some(role) = self.own_roles().find(id).await? {
            return Ok(role);
        }
        let other = self.view().roles.get(&id).and_then(|role| show_other(self, role));
        other.ok_or(KernelError::NotFound)?;
        let detail = "only the workspace's own roles are changed here".to_owned();
        Err(KernelError::Refused { code: "role_of_another_owner", detail })
    }
}

fn show_own(work: &Work<'_>, own: OwnRole, owner: Owner) -> RoleShown {
    let OwnRole { id, code, name, permissions, created_at: _, version } = own;
    let role = Role { id, owner, code, name, permissions };
    RoleShown {
        role,
        grantable: true,
        version: Some(version),
        may: work.codes_of(work.view().root(), &CODES),
    }
}

/// A role of the platform's or of a product's; `None` for those that are no workspace's business.
fn show_other(work: &Work<'_>, role: &Role) -> Option<RoleShown> {
    let grantable = match role.owner {
        Owner::Product(_) => true,
        Owner::Platform => {
            BuiltinRole::of(role.id).filter(|builtin| builtin.is_for_people_here())?.is_granted()
        }
        Owner::Workspace(_) => return None,
    };
    let may: Vec<_> = work
        .codes_of(work.view().root(), &CODES)
        .into_iter()
        .filter(|held| *held != code::ROLE_MANAGE)
        .collect();
    Some(RoleShown { role: role.clone(), grantable, version: None, may })
}

fn position(shown: &RoleShown) -> String {
    let rank = match shown.role.owner {
        Owner::Platform => 1,
        Owner::Workspace(_) => 2,
        Owner::Product(_) => 3,
    };
    format!("{rank} {}\n{}", shown.role.code, shown.role.id)
}
