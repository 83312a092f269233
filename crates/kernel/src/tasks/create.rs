//! Adding a task.

use guildhall_core::ProjectId;
use guildhall_orchestration::CreateTask;

use super::TaskChange;
use crate::{Kernel, KernelError, Outcome, Request, TaskShown};

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
        self.change_task(request, project, TaskChange::Create(command)).await
    }
}
