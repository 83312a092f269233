//! Making a workspace.

use guildhall_core::{AccountId, Name, Scope, WorkspaceId};
use guildhall_tenancy::{NewWorkspace, WorkspacePrefix, WorkspaceSettings};

use super::{AdminNamed, NameAdmin, PlatformWorkspace};
use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, code};

/// A workspace to make, and who will run it.
#[derive(Debug, Clone)]
pub struct MakeWorkspace {
    /// The label of its host name.
    pub prefix: WorkspacePrefix,
    /// Its name for people.
    pub name: Name,
    /// Its first admin.
    pub admin: NameAdmin,
}

/// A workspace, and who was just put in charge of it.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkspaceMade {
    /// The workspace.
    pub shown: PlatformWorkspace,
    /// The admin; `None` where the request was made before: what it showed is shown once.
    pub admin: Option<AdminNamed>,
}

impl Kernel {
    /// Makes a workspace with its first admin.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKSPACE_MANAGE`; [`KernelError::Tenancy`] where the prefix is not free;
    /// [`KernelError::Refused`] where a password comes beside an address that has an account.
    pub async fn make_workspace(
        &self,
        request: &Request,
        command: MakeWorkspace,
    ) -> Result<Outcome<WorkspaceMade>, KernelError> {
        let hash = self.hash_for_admin(request, &command.admin).await?;
        let work = match self.begin_platform(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => return self.made_before(request, WorkspaceId::new(id)).await,
        };
        work.require(&code::WORKSPACE_MANAGE, AccountId::PLATFORM)?;
        let id = WorkspaceId::new(self.ids().uuid());
        let work = work.rebind(Scope::Workspace(id)).await?;
        let new = NewWorkspace {
            id,
            prefix: command.prefix,
            name: command.name,
            settings: WorkspaceSettings::default(),
        };
        let workspace = self.tenancy(&*work).create_workspace(new).await?;
        let event = Event::new("workspace.created", id.uuid(), workspace.name.to_string());
        let event = event.creating(&workspace);
        work.record(event.clone()).await?;
        let admin = self.name_admin(&work, &workspace, command.admin, hash).await?;
        work.rebind(Scope::System).await?.finish(event).await?;
        let shown = self.find_any_workspace(request, id).await?;
        Ok(Outcome::Done(WorkspaceMade { shown, admin: Some(admin) }))
    }

    pub(super) async fn made_before(
        &self,
        request: &Request,
        id: WorkspaceId,
    ) -> Result<Outcome<WorkspaceMade>, KernelError> {
        let shown = self.find_any_workspace(request, id).await?;
        Ok(Outcome::Replayed(WorkspaceMade { shown, admin: None }))
    }
}
