//! Putting a task away, and bringing it back.

use guildhall_core::{ProjectId, TaskId};

use super::TaskChange;
use crate::{Kernel, KernelError, Outcome, Request, TaskShown};

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
        self.change_task(request, project, TaskChange::Archive(id)).await
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
        self.change_task(request, project, TaskChange::Restore(id)).await
    }
}
