//! Items: creating, changing, moving, putting away, deleting.

use guildhall_core::{ItemId, PhaseId};

use super::Orchestration;
use crate::{
    CardCounts, CreateItem, Gating, Item, ItemPatch, MoveItem, OrchestrationError, Place, Position, Project,
    Status, arrange,
};

impl Orchestration<'_> {
    /// Adds an item to a phase; it is to do.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] for the phase,
    /// [`OrchestrationError::NotAMember`], [`OrchestrationError::BoardTooLarge`] or [`OrchestrationError::NotANeighbour`].
    pub async fn create_item(
        &self,
        project: &Project,
        command: CreateItem,
    ) -> Result<Item, OrchestrationError> {
        project.ensure_active()?;
        let phase = self.find_phase(project.id, command.phase_id).await?;
        let assignees = self.assignees(project.id, command.assignees).await?;
        self.expect_room(project.id, CardCounts { items: 1, ..CardCounts::default() }).await?;
        let position = self.place_item(phase.id, None, command.place).await?;
        let item = Item {
            id: ItemId::new(self.ids.uuid()),
            project_id: project.id,
            phase_id: phase.id,
            content: command.content,
            status: Status::ToDo,
            restored_status: None,
            due_date: command.due_date,
            assignees,
            position,
        };
        self.store.items().insert(&item).await?;
        Ok(item)
    }

    /// Changes an item.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotAMember`], [`OrchestrationError::UseArchive`],
    /// [`OrchestrationError::PhaseNotReached`], [`OrchestrationError::LinkNotAllowed`] or [`OrchestrationError::ConfigNotAllowed`].
    pub async fn update_item(
        &self,
        project: &Project,
        before: &Item,
        mut patch: ItemPatch,
    ) -> Result<Item, OrchestrationError> {
        project.ensure_active()?;
        patch.assignees = self.patched_assignees(project.id, patch.assignees).await?;
        let after = before.clone().patched(patch)?;
        self.ensure_reached(project, before, &after).await?;
        self.store_item(before, after).await
    }

    /// Moves an item, inside its phase or to another one of the project.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] for the phase,
    /// [`OrchestrationError::PhaseNotReached`] or [`OrchestrationError::NotANeighbour`].
    pub async fn move_item(
        &self,
        project: &Project,
        before: &Item,
        command: MoveItem,
    ) -> Result<Item, OrchestrationError> {
        project.ensure_active()?;
        if command.phase_id != before.phase_id {
            self.find_phase(project.id, command.phase_id).await?;
        }
        let after = Item { phase_id: command.phase_id, ..before.clone() };
        self.ensure_reached(project, before, &after).await?;
        let position = self.place_item(after.phase_id, Some(before), command.place).await?;
        let after = Item { position, ..after };
        self.store_item(before, after).await
    }

    /// Puts an item away, with its status remembered; one that is archived already stays as it is.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`].
    pub async fn archive_item(&self, project: &Project, before: &Item) -> Result<Item, OrchestrationError> {
        project.ensure_active()?;
        let (status, restored_status) = before.status.archive(before.restored_status);
        self.store_item(before, Item { status, restored_status, ..before.clone() }).await
    }

    /// Brings an item back with the status that it had; one that is not archived stays as it is. Whether the product
    /// that it uses may still be used here is checked before.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`] or [`OrchestrationError::PhaseNotReached`].
    pub async fn restore_item(&self, project: &Project, before: &Item) -> Result<Item, OrchestrationError> {
        project.ensure_active()?;
        let (status, restored_status) = before.status.restore(before.restored_status);
        let after = Item { status, restored_status, ..before.clone() };
        self.ensure_reached(project, before, &after).await?;
        self.store_item(before, after).await
    }

    /// Deletes an item for good, with its tasks.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`].
    pub async fn delete_item(&self, project: &Project, item: &Item) -> Result<(), OrchestrationError> {
        project.ensure_active()?;
        Ok(self.store.items().delete(item.id).await?)
    }

    /// Refuses where gating is strict and an item that is not ahead would be, by the current phase as it is before the
    /// change. What a change puts ahead by moving the current phase back stays and is marked.
    async fn ensure_reached(
        &self,
        project: &Project,
        before: &Item,
        after: &Item,
    ) -> Result<(), OrchestrationError> {
        let as_before = before.status.is_begun() && before.phase_id == after.phase_id;
        if project.gating == Gating::Advisory || !after.status.is_begun() || as_before {
            return Ok(());
        }
        let Some((current, name)) = self.store.phases().find_current_before(after.phase_id).await? else {
            return Ok(());
        };
        if self.is_ahead(before).await? {
            return Ok(());
        }
        Err(OrchestrationError::PhaseNotReached { current, name })
    }

    pub(super) async fn place_item(
        &self,
        phase_id: PhaseId,
        moved: Option<&Item>,
        place: Place<ItemId>,
    ) -> Result<Position, OrchestrationError> {
        let present = moved.filter(|item| item.phase_id == phase_id).map(|item| &item.position);
        let moved = moved.map(|item| item.id);
        if let Some(present) = place.staying(moved, present) {
            return Ok(present);
        }
        let gap = self.store.items().find_gap(phase_id, moved, place).await?;
        match gap.ok_or(OrchestrationError::NotANeighbour)?.position(present) {
            Some(position) => Ok(position),
            None => self.respace_items(phase_id, moved, place).await,
        }
    }

    /// Gives all items of a phase short positions again.
    async fn respace_items(
        &self,
        phase_id: PhaseId,
        moved: Option<ItemId>,
        place: Place<ItemId>,
    ) -> Result<Position, OrchestrationError> {
        let siblings = self.store.items().list_by_phase(phase_id).await?;
        let positions: Vec<_> = siblings.iter().map(|item| (item.id, item.position.clone())).collect();
        let mut arrangement = arrange(&positions, moved, place)?;
        for sibling in siblings {
            if let Some(position) = arrangement.siblings.remove(&sibling.id) {
                let moved = Item { position, ..sibling.clone() };
                self.store.items().update(&sibling, &moved).await?;
            }
        }
        Ok(arrangement.position)
    }

    async fn store_item(&self, before: &Item, after: Item) -> Result<Item, OrchestrationError> {
        if after != *before {
            self.store.items().update(before, &after).await?;
        }
        Ok(after)
    }
}
