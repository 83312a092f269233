//! Changing an item.

use guildhall_core::{ItemId, ProjectId};
use guildhall_orchestration::ItemPatch;

use super::ItemChange;
use crate::{ItemShown, Kernel, KernelError, Request};

impl Kernel {
    /// Changes an item: its words, its status, its date and who works on it. A contributor takes and drops it himself.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `ITEM_EDIT`, and for other assignees than himself without `WORKFLOW_ASSIGN`;
    /// [`KernelError::Orchestration`] for the rules of boards.
    pub async fn update_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
        patch: ItemPatch,
    ) -> Result<ItemShown, KernelError> {
        Ok(self.change_item(request, project, ItemChange::Update(id, patch)).await?.into_inner())
    }
}
