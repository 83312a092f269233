//! Moving an item.

use guildhall_core::{ItemId, ProjectId};
use guildhall_orchestration::MoveItem;

use super::ItemChange;
use crate::{ItemShown, Kernel, KernelError, Outcome, Request};

impl Kernel {
    /// Moves an item inside its phase or to another one of the project.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn move_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
        command: MoveItem,
    ) -> Result<Outcome<ItemShown>, KernelError> {
        self.change_item(request, project, ItemChange::Move(id, command)).await
    }
}
