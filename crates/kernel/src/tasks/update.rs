//! Changing a task.

use guildhall_core::{ProjectId, TaskId};
use guildhall_orchestration::TaskPatch;

use super::TaskChange;
use crate::{Kernel, KernelError, Request, TaskShown};

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
        Ok(self.change_task(request, project, TaskChange::Update(id, patch)).await?.into_inner())
    }
}
