//! Copying a task.

use guildhall_core::{ProjectId, TaskId};

use super::TaskChange;
use crate::{Kernel, KernelError, Outcome, Request, TaskShown};

impl Kernel {
    /// Copies a task. The copy stands right after it and is to do, with the same words, date and assignees.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `TASK_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn duplicate_task(
        &self,
        request: &Request,
        project: ProjectId,
        id: TaskId,
    ) -> Result<Outcome<TaskShown>, KernelError> {
        self.change_task(request, project, TaskChange::Duplicate(id)).await
    }
}
