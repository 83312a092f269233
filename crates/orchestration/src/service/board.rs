//! Reading one card of the Canvas.

use guildhall_core::ProjectId;

use super::Orchestration;
use crate::{BoardItem, BoardPhase, CardCounts, Item, OrchestrationError, Phase};

impl Orchestration<'_> {
    /// A phase as it stands on the board.
    ///
    /// # Errors
    ///
    /// Only what the store reports.
    pub async fn read_phase(&self, phase: Phase) -> Result<BoardPhase, OrchestrationError> {
        let items = self.store.items().list_by_phase(phase.id).await?;
        let tasks = self.store.tasks().list_by_phase(phase.id).await?;
        let reached = self.store.phases().find_current_before(phase.id).await?.is_none();
        Ok(BoardPhase::alone(phase, items, tasks, reached))
    }

    /// An item as it stands on the board; an archived one is never ahead.
    ///
    /// # Errors
    ///
    /// Only what the store reports.
    pub async fn read_item(&self, item: Item) -> Result<BoardItem, OrchestrationError> {
        let tasks = self.store.tasks().list_by_item(item.id).await?;
        let reached = !self.is_ahead(&item).await?;
        Ok(BoardItem::new(item, tasks, reached))
    }

    /// Whether the item is begun or done although its phase comes after the current one.
    pub(super) async fn is_ahead(&self, item: &Item) -> Result<bool, OrchestrationError> {
        if !item.status.is_begun() {
            return Ok(false);
        }
        Ok(self.store.phases().find_current_before(item.phase_id).await?.is_some())
    }

    /// Refuses where the board has no room for so much more. Asked under the board's lock.
    pub(super) async fn expect_room(
        &self,
        project_id: ProjectId,
        more: CardCounts,
    ) -> Result<(), OrchestrationError> {
        (self.store.projects().count_cards(project_id).await? + more).fit()
    }
}
