//! Putting a task away, and bringing it back.

use guildhall_core::{ProjectId, TaskId};

use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, TaskShown, code};

impl Kernel {
    /// Puts a task away, with its status remembered.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `TASK_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn archive_task(
        &self,
        request: &Request,
        project: ProjectId,
        id: TaskId,
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
        let after = orchestration.archive_task(project.id, id).await?;
        let event = Event::new("task.archived", id.uuid(), after.title.to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_task(request, project.id, id).await?))
    }

    /// Brings a task back with the status that it had.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `TASK_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn restore_task(
        &self,
        request: &Request,
        project: ProjectId,
        id: TaskId,
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
        let after = orchestration.restore_task(project.id, id).await?;
        let event = Event::new("task.restored", id.uuid(), after.title.to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_task(request, project.id, id).await?))
    }
}
