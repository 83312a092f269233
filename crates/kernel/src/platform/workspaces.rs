//! Finding workspaces, renaming, suspending and archiving them.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{AccountId, Name, Page, PageRequest, PermissionCode, Scope, WorkspaceId};
use guildhall_tenancy::{Workspace, WorkspaceFilter, WorkspacePatch, WorkspacePrefix, WorkspaceState};

use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, code, work::Work};

/// What the codes of a workspace are about, as the platform's admins see it.
const CODES: [PermissionCode; 2] = [code::WORKSPACE_MANAGE, code::WORKSPACE_READ];

/// A workspace as a platform admin sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlatformWorkspace {
    /// The workspace.
    pub workspace: Workspace,
    /// What of the platform's codes about workspaces the reader holds.
    pub permissions: Vec<PermissionCode>,
}

/// What a platform admin changes of a workspace; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RenameWorkspace {
    /// Its name for people.
    pub name: Option<Name>,
    /// The label of its host name.
    pub prefix: Option<WorkspacePrefix>,
}

impl Kernel {
    /// A page of all workspaces, by id.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKSPACE_MANAGE`.
    pub async fn list_workspaces(
        &self,
        request: &Request,
        filter: &WorkspaceFilter,
        page: &PageRequest,
    ) -> Result<Page<PlatformWorkspace>, KernelError> {
        let work = self.read_platform(request).await?;
        work.require(&code::WORKSPACE_MANAGE, AccountId::PLATFORM)?;
        let found = work.workspaces().list(filter, page).await?;
        Ok(found.map(|workspace| show(&work, workspace)))
    }

    /// One workspace.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKSPACE_MANAGE`; [`KernelError::NotFound`] where it is not there.
    pub async fn find_any_workspace(
        &self,
        request: &Request,
        id: WorkspaceId,
    ) -> Result<PlatformWorkspace, KernelError> {
        let work = self.read_platform(request).await?;
        work.require(&code::WORKSPACE_MANAGE, AccountId::PLATFORM)?;
        let workspace = work.workspaces().find(id).await?.ok_or(KernelError::NotFound)?;
        Ok(show(&work, workspace))
    }

    /// Gives a workspace another name, for people or for hosts.
    ///
    /// # Errors
    /// Those of [`Self::find_any_workspace`]; [`KernelError::Stale`] where it has changed since the caller read it;
    /// [`KernelError::Tenancy`] where the prefix is not free.
    pub async fn rename_workspace(
        &self,
        request: &Request,
        id: WorkspaceId,
        command: RenameWorkspace,
    ) -> Result<PlatformWorkspace, KernelError> {
        let Begun::Fresh(work) = self.begin_platform(request).await? else {
            return self.find_any_workspace(request, id).await;
        };
        let (work, before) = work.take_charge(id).await?;
        request.expect_version(before.version)?;
        let RenameWorkspace { name, prefix } = command;
        let patch = WorkspacePatch { name, prefix, ..WorkspacePatch::default() };
        let after = self.tenancy(&*work).update_workspace(before.clone(), patch).await?;
        work.finish_platform("workspace.renamed", &before, &after).await?;
        self.find_any_workspace(request, id).await
    }

    /// Suspends, resumes or archives a workspace. It holds from the next request on.
    ///
    /// # Errors
    /// Those of [`Self::find_any_workspace`]; [`KernelError::Tenancy`] where no such step leads from the present state.
    pub async fn change_workspace_state(
        &self,
        request: &Request,
        id: WorkspaceId,
        to: WorkspaceState,
    ) -> Result<Outcome<PlatformWorkspace>, KernelError> {
        let Begun::Fresh(work) = self.begin_platform(request).await? else {
            return Ok(Outcome::Replayed(self.find_any_workspace(request, id).await?));
        };
        let (work, before) = work.take_charge(id).await?;
        request.expect_version(before.version)?;
        let after = self.tenancy(&*work).change_workspace_state(before.clone(), to).await?;
        let kind = match to {
            WorkspaceState::Active => "workspace.resumed",
            WorkspaceState::Suspended => "workspace.suspended",
            WorkspaceState::Archived => "workspace.archived",
        };
        work.finish_platform(kind, &before, &after).await?;
        Ok(Outcome::Done(self.find_any_workspace(request, id).await?))
    }
}

impl<'k> Work<'k> {
    /// The work in a workspace of the platform admin's choice, whose rights it is about to change; and the workspace.
    pub(super) async fn take_charge(self, id: WorkspaceId) -> Result<(Self, Workspace), KernelError> {
        self.require(&code::WORKSPACE_MANAGE, AccountId::PLATFORM)?;
        self.workspaces().find(id).await?.ok_or(KernelError::NotFound)?;
        let work = self.rebind(Scope::of(id)).await?;
        work.raise(Epoch::Workspace, &[Change::Everything]).await?;
        let workspace = work.workspaces().find(id).await?.ok_or(KernelError::NotFound)?;
        Ok((work, workspace))
    }

    /// Writes what became of a workspace in its own log and in System's, and commits.
    pub(super) async fn finish_platform(
        self,
        kind: &'static str,
        before: &Workspace,
        after: &Workspace,
    ) -> Result<(), KernelError> {
        let event = Event::new(kind, after.id.uuid(), after.name.to_string()).changing(before, after);
        if !after.id.is_system() {
            self.record(event.clone()).await?;
        }
        self.rebind(Scope::System).await?.finish(event).await
    }
}

pub(super) fn show(work: &Work<'_>, workspace: Workspace) -> PlatformWorkspace {
    PlatformWorkspace { workspace, permissions: work.codes_of(AccountId::PLATFORM, &CODES) }
}
