//! Moving a task.

use guildhall_core::{ProjectId, TaskId};
use guildhall_orchestration::MoveTask;

use super::TaskChange;
use crate::{Kernel, KernelError, Outcome, Request, TaskShown};

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
        self.change_task(request, project, TaskChange::Move(id, command)).await
    }
}
