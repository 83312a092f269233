//! Changing a role of the workspace's own. To put a code into a role is to grant it to everybody who holds the role.

use guildhall_authz::{Change, Epoch, OwnRole, Permission, RolePatch, SpelledPermission};
use guildhall_core::{Name, RoleCode, RoleId};

use super::create::expect_own_spelling;
use crate::{
    Begun, Event, Kernel, KernelError, Request, RoleShown,
    granting::{Gift, RefusedGrant},
    work::Work,
};

/// What changes of a role; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeRole {
    /// How it is spelled from now on.
    pub code: Option<RoleCode>,
    /// The new name.
    pub name: Option<Name>,
    /// All that its holders may do from now on.
    pub permissions: Option<Vec<SpelledPermission>>,
}

impl Kernel {
    /// Changes a role of the workspace's own; whoever holds it holds what it holds from this commit on.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `ROLE_MANAGE`, and where somebody would get what the caller may not grant him;
    /// [`KernelError::NotFound`] where there is no such role; [`KernelError::Refused`] where it is not the workspace's own,
    /// and for a permission that it can't hold; [`KernelError::Authz`] where the code is taken; [`KernelError::Stale`] where it
    /// has changed since he read it.
    pub async fn update_role(
        &self,
        request: &Request,
        id: RoleId,
        command: ChangeRole,
    ) -> Result<RoleShown, KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else {
            return self.find_role(request, id).await;
        };
        let before = work.authorize_own_role(id).await?;
        request.expect_version(before.version)?;
        let patch = patch_of(&work, &before, command)?;
        if let Err((gift, refused, why)) = may_put_in(&work, &before, &patch).await? {
            return Err(self.refuse_grant(request, work, (gift.account, refused), why).await);
        }
        work.raise(Epoch::Workspace, &[Change::Everything]).await?;
        let after = self.authz(&*work).update_role(before.clone(), patch).await?;
        let event = Event::new("role.changed", id.uuid(), after.name.to_string());
        work.finish(event.changing(&before, &after)).await?;
        self.find_role(request, id).await
    }
}

fn patch_of(work: &Work<'_>, before: &OwnRole, command: ChangeRole) -> Result<RolePatch, KernelError> {
    let ChangeRole { code, name, permissions } = command;
    if let Some(code) = &code {
        expect_own_spelling(code)?;
    }
    let permissions =
        permissions.map(|spelled| work.read_permissions(&spelled, &before.permissions)).transpose()?;
    Ok(RolePatch { code, name, permissions })
}

/// Asks the rule of granting for every account on which somebody would get more; the first refusal, with what it is about.
async fn may_put_in(
    work: &Work<'_>,
    before: &OwnRole,
    patch: &RolePatch,
) -> Result<Result<(), (Gift, RefusedGrant, KernelError)>, KernelError> {
    let added: Vec<&Permission> = patch
        .permissions
        .iter()
        .flatten()
        .filter(|permission| !before.permissions.contains(permission))
        .collect();
    if added.is_empty() {
        return Ok(Ok(()));
    }
    let held = work.grants().list_by_role(before.id).await?;
    for grant in held.iter().filter(|grant| grant.expires_at.is_none_or(|end| end > work.now())) {
        let gift = Gift::from(grant);
        if let Err(why) = work.may_give_codes(added.iter().copied(), &gift) {
            return Ok(Err((gift, RefusedGrant::of(grant.holder, &gift), why)));
        }
    }
    Ok(Ok(()))
}
