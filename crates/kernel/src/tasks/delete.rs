//! Deleting a task.

use guildhall_core::{ProjectId, TaskId};

use super::TaskChange;
use crate::{Kernel, KernelError, Request};

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
        self.delete_card(request, project, TaskChange::Delete(id)).await
    }
}
