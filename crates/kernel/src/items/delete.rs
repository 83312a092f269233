//! Deleting an item.

use guildhall_core::{ItemId, ProjectId};

use super::ItemChange;
use crate::{Kernel, KernelError, Request};

impl Kernel {
    /// Deletes an item for good, with its tasks.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn delete_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
    ) -> Result<(), KernelError> {
        self.delete_card(request, project, ItemChange::Delete(id)).await
    }
}
