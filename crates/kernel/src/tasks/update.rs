//! Changing a task.

use guildhall_core::{ProjectId, TaskId};
use guildhall_orchestration::TaskPatch;

use crate::{Begun, Event, Kernel, KernelError, Request, TaskShown, code};

impl Kernel {
    /// Changes a task: its words, its status, its date and who works on it.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `TASK_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn update_task(
        &self,
        request: &Request,
        project: ProjectId,
        id: TaskId,
        patch: TaskPatch,
    ) -> Result<TaskShown, KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else {
            return self.find_task(request, project, id).await;
        };
        let project = work.authorize_project(project, &code::TASK_EDIT).await?;
        work.lock_board(project.id).await?;
        let orchestration = self.orchestration(&*work);
        let before = orchestration.find_task(project.id, id).await?;
        let after = orchestration.update_task(project.id, id, patch).await?;
        let event = Event::new("task.changed", id.uuid(), after.title.to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        self.find_task(request, project.id, id).await
    }
}
