//! Deleting a task.

use guildhall_core::{ProjectId, TaskId};

use crate::{Begun, Event, Kernel, KernelError, Request, code};

impl Kernel {
    /// Deletes a task for good, which is the owner's.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn delete_task(
        &self,
        request: &Request,
        project: ProjectId,
        id: TaskId,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else { return Ok(()) };
        let project = work.authorize_project(project, &code::WORKFLOW_EDIT).await?;
        work.lock_board(project.id).await?;
        let task = self.orchestration(&*work).delete_task(project.id, id).await?;
        let event = Event::new("task.deleted", id.uuid(), task.title.to_string());
        work.finish(event.in_project(project.id).removing(&task)).await
    }
}
