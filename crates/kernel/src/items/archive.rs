//! Putting an item away, and bringing it back. With a product, its roles go and come by the same commit.

use guildhall_core::{ItemId, ProjectId};

use super::ItemChange;
use crate::{ItemShown, Kernel, KernelError, Outcome, Request};

impl Kernel {
    /// Puts an item away, with its status remembered.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn archive_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
    ) -> Result<Outcome<ItemShown>, KernelError> {
        self.change_item(request, project, ItemChange::Archive(id)).await
    }

    /// Brings an item back with the status that it had, where what it uses still fits the project.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Products`] and [`KernelError::Refused`] where its
    /// product can't be used any more; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn restore_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
    ) -> Result<Outcome<ItemShown>, KernelError> {
        self.change_item(request, project, ItemChange::Restore(id)).await
    }
}
