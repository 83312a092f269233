//! The signed-in user himself.

use guildhall_core::{Access, Scope, UserId};
use guildhall_identity::{ProfilePatch, User};
use guildhall_tenancy::{MemberState, Workspace, WorkspaceRole, WorkspaceState};

use crate::{Event, Kernel, KernelError, Request};

/// A workspace that the user is a member of.
#[derive(Debug, Clone, PartialEq)]
pub struct MyWorkspace {
    /// The workspace.
    pub workspace: Workspace,
    /// His role in it.
    pub role: WorkspaceRole,
}

impl Kernel {
    /// The caller's own account.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller is no person.
    pub async fn find_me(&self, request: &Request) -> Result<User, KernelError> {
        let work = self.read_anywhere(request).await?;
        work.users().find(myself(request)?).await?.ok_or(KernelError::NotFound)
    }

    /// Who the caller is, for products: the one who launched, or whoever is signed in.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller is no person.
    pub async fn find_launching_user(&self, request: &Request) -> Result<User, KernelError> {
        let work = self.read_anywhere_as_product(request).await?;
        work.users().find(myself(request)?).await?.ok_or(KernelError::NotFound)
    }

    /// Changes the caller's own profile.
    ///
    /// # Errors
    /// [`KernelError::Stale`] where it has changed since he read it.
    pub async fn update_me(&self, request: &Request, patch: ProfilePatch) -> Result<User, KernelError> {
        let work = self.begin_anywhere(request).await?;
        let before = work.users().find(myself(request)?).await?.ok_or(KernelError::NotFound)?;
        request.expect_version(before.version)?;
        let after = self.identity(&*work).update_profile(before.clone(), patch).await?;
        let event = Event::new("user.changed", after.id.uuid(), after.display_name());
        work.finish(event.changing(&before, &after)).await?;
        Ok(after)
    }

    /// The active workspaces that the caller is an active member of, by name. One unit of work for each, one after the other.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller is no person.
    pub async fn list_my_workspaces(&self, request: &Request) -> Result<Vec<MyWorkspace>, KernelError> {
        let user = myself(request)?;
        let work = self.read_anywhere(request).await?;
        let ids = work.membership_directory().list_workspaces(user).await?;
        drop(work);
        let mut mine = Vec::new();
        for id in ids {
            let unit = self.unit(Scope::Workspace(id), Access::Read).await?;
            let workspace =
                unit.workspaces().find(id).await?.filter(|one| one.state == WorkspaceState::Active);
            let member =
                unit.workspace_members().find(user).await?.filter(|one| one.state == MemberState::Active);
            mine.extend(
                workspace.zip(member).map(|(workspace, member)| MyWorkspace { workspace, role: member.role }),
            );
        }
        mine.sort_by(|one, other| one.workspace.name.cmp(&other.workspace.name));
        Ok(mine)
    }
}

fn myself(request: &Request) -> Result<UserId, KernelError> {
    request.caller.user().ok_or(KernelError::NotFound)
}
