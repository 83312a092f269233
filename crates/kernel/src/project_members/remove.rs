//! Removing somebody from a project.

use guildhall_authz::Epoch;
use guildhall_core::{ItemId, PhaseId, ProjectId, TaskId, UserId};
use guildhall_orchestration::{ProjectMember, RemovedMember};
use serde::Serialize;

use crate::{Begun, Event, Kernel, KernelError, Request, code};

/// A membership that ended, as its event tells it.
#[derive(Serialize)]
pub(crate) struct Ended<'a> {
    #[serde(flatten)]
    member: &'a ProjectMember,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unassigned_phases: &'a [PhaseId],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unassigned_items: &'a [ItemId],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unassigned_tasks: &'a [TaskId],
}

impl Kernel {
    /// Removes somebody from a project and from all work there. From this commit on the project is not there for him.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_MEMBERS`; [`KernelError::Orchestration`] for the rules of members.
    pub async fn remove_project_member(
        &self,
        request: &Request,
        project: ProjectId,
        user: UserId,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        let project = work.authorize_project(project, &code::PROJECT_MEMBERS).await?;
        work.raise(Epoch::Workspace, &[user.into()]).await?;
        let project = work.lock_board(project.id).await?;
        let removed = self.orchestration(&*work).remove_member(&project, user).await?;
        let name = work.users().find(user).await?.map(|user| user.display_name());
        let event = Event::new("project_member.removed", user.uuid(), name);
        work.finish(event.in_project(project.id).removing(&ended(&removed))).await
    }
}

/// The membership with the work that its user is no longer assigned to.
pub(crate) fn ended(removed: &RemovedMember) -> Ended<'_> {
    let RemovedMember { member, phases, items, tasks } = removed;
    Ended { member, unassigned_phases: phases, unassigned_items: items, unassigned_tasks: tasks }
}
