//! Putting a project away, and bringing it back. Its members' product roles go and come by the same commit.

use guildhall_authz::{Change, Epoch};
use guildhall_core::ProjectId;
use guildhall_orchestration::{Project, ProjectState};

use crate::{Begun, Event, Kernel, KernelError, Outcome, ProjectShown, Request, code, work::Work};

impl Kernel {
    /// Puts a project away: it can be read and restored, and nothing in it changes.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_ARCHIVE`.
    pub async fn archive_project(
        &self,
        request: &Request,
        id: ProjectId,
    ) -> Result<Outcome<ProjectShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_project(request, id).await?)),
        };
        work.authorize_project(id, &code::PROJECT_ARCHIVE).await?;
        let before = lock_project(&work, id).await?;
        let after = self.orchestration(&*work).archive_project(id).await?;
        let event = Event::new("project.archived", id.uuid(), after.name.to_string());
        work.finish(event.in_project(id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_project(request, id).await?))
    }

    /// Brings a project back, where its node is in use and has what the project's items need.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_ARCHIVE`; [`KernelError::Tenancy`] where its node is archived;
    /// [`KernelError::Products`] where an item lacks a level.
    pub async fn restore_project(
        &self,
        request: &Request,
        id: ProjectId,
    ) -> Result<Outcome<ProjectShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_project(request, id).await?)),
        };
        work.authorize_project(id, &code::PROJECT_ARCHIVE).await?;
        let before = lock_project(&work, id).await?;
        if before.state == ProjectState::Archived {
            work.require_live(before.node_id).await?;
            work.require_levels_of_items(&before).await?;
        }
        let after = self.orchestration(&*work).restore_project(id).await?;
        let event = Event::new("project.restored", id.uuid(), after.name.to_string());
        work.finish(event.in_project(id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_project(request, id).await?))
    }
}

/// Locks the rights and the board, whose cards stop or begin to change, and answers the project as it stands then.
async fn lock_project(work: &Work<'_>, id: ProjectId) -> Result<Project, KernelError> {
    work.raise_projects(&[], &[id]).await?;
    let project = work.projects().update_board_version(id).await?.ok_or(KernelError::NotFound)?;
    work.request().expect_version(project.version)?;
    Ok(project)
}

impl Work<'_> {
    /// Raises the epoch for projects that are put away or brought back, and what else changes: what their members have by
    /// products goes or comes.
    pub(crate) async fn raise_projects(
        &self,
        besides: &[Change],
        projects: &[ProjectId],
    ) -> Result<(), KernelError> {
        let mut changed = besides.to_vec();
        for project in projects {
            // One more than can be told is enough.
            if changed.len() > Change::MOST {
                break;
            }
            changed.push(Change::Project(*project));
            let members = self.project_members().list_by_project(*project).await?;
            changed.extend(members.into_iter().map(|member| Change::from(member.user_id)));
        }
        self.raise(Epoch::Workspace, &changed).await
    }
}
