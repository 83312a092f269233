//! Changing an item.

use guildhall_core::{ItemId, ProjectId};
use guildhall_orchestration::ItemPatch;

use super::usable::check_item_config;
use crate::{Begun, Event, ItemShown, Kernel, KernelError, Request, code};

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
        let Begun::Fresh(work) = self.begin(request).await? else {
            return self.find_item(request, project, id).await;
        };
        let project = work.authorize_project(project, &code::ITEM_EDIT).await?;
        work.lock_board(project.id).await?;
        let orchestration = self.orchestration(&*work);
        let before = orchestration.find_item(project.id, id).await?;
        if let Some(assignees) = &patch.assignees {
            work.require_assigning(project.account_id, &before.assignees, assignees)?;
        }
        let after = orchestration.update_item(project.id, id, patch).await?;
        check_item_config(after.content.application())?;
        let event = Event::new("item.changed", id.uuid(), after.content.name().to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        self.find_item(request, project.id, id).await
    }
}
