//! Adding a task.

use guildhall_core::{ProjectId, TaskId};
use guildhall_orchestration::CreateTask;

use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, TaskShown, code};

impl Kernel {
    /// Adds a task to an item.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `TASK_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn create_task(
        &self,
        request: &Request,
        project: ProjectId,
        command: CreateTask,
    ) -> Result<Outcome<TaskShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_task(request, project, TaskId::new(id)).await?));
            }
        };
        let project = work.authorize_project(project, &code::TASK_EDIT).await?;
        work.lock_board(project.id).await?;
        let task = self.orchestration(&*work).create_task(project.id, command).await?;
        let event = Event::new("task.created", task.id.uuid(), task.title.to_string());
        work.finish(event.in_project(project.id).creating(&task)).await?;
        Ok(Outcome::Done(self.find_task(request, project.id, task.id).await?))
    }
}
