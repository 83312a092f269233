//! Copying an item.

use guildhall_core::{ItemId, ProjectId};

use super::ItemChange;
use crate::{ItemShown, Kernel, KernelError, Outcome, Request};

impl Kernel {
    /// Copies an item with its unarchived tasks. The copy stands right after it and is to do, with the same words, dates and assignees.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT` and `TASK_EDIT`, and with other assignees than himself without `WORKFLOW_ASSIGN`;
    /// [`KernelError::NotFound`], [`KernelError::Refused`] and [`KernelError::Products`] where a product can't be used anew; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn duplicate_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
    ) -> Result<Outcome<ItemShown>, KernelError> {
        self.change_item(request, project, ItemChange::Duplicate(id)).await
    }
}
