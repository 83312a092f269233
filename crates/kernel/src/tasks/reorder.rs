//! Moving a task.

use guildhall_core::{ProjectId, TaskId};
use guildhall_orchestration::MoveTask;

use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, TaskShown, code};

impl Kernel {
    /// Moves a task inside its item or to another one of the project.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `TASK_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn move_task(
        &self,
        request: &Request,
        project: ProjectId,
        id: TaskId,
        command: MoveTask,
    ) -> Result<Outcome<TaskShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                return Ok(Outcome::Replayed(self.find_task(request, project, id).await?));
            }
        };
        let project = work.authorize_project(project, &code::TASK_EDIT).await?;
        work.lock_board(project.id).await?;
        let orchestration = self.orchestration(&*work);
        let before = orchestration.find_task(project.id, id).await?;
        let after = orchestration.move_task(project.id, id, command).await?;
        let event = Event::new("task.moved", id.uuid(), after.title.to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_task(request, project.id, id).await?))
    }
}
