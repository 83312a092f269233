//! Reading the Canvas, whole or one card of it.

use guildhall_core::{ItemId, PhaseId, ProjectId};

use super::Orchestration;
use crate::{Board, BoardItem, BoardPhase, CardCounts, OrchestrationError};

impl Orchestration<'_> {
    /// The whole Canvas of a project, archived or not.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn read_board(&self, project_id: ProjectId) -> Result<Board, OrchestrationError> {
        let project = self.project(project_id).await?;
        let phases = self.store.phases().list_by_project(project_id).await?;
        let items = self.store.items().list_by_project(project_id).await?;
        let tasks = self.store.tasks().list_by_project(project_id).await?;
        Ok(Board::build(project, phases, items, tasks))
    }

    /// One phase as it stands on the board.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn read_phase(
        &self,
        project_id: ProjectId,
        id: PhaseId,
    ) -> Result<BoardPhase, OrchestrationError> {
        let phase = self.find_phase(project_id, id).await?;
        let items = self.store.items().list_by_phase(id).await?;
        let tasks = self.store.tasks().list_by_phase(id).await?;
        let outline = self.outline(project_id).await?;
        Ok(BoardPhase::alone(phase, items, tasks, &outline))
    }

    /// One item as it stands on the board; an archived one is never ahead.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn read_item(
        &self,
        project_id: ProjectId,
        id: ItemId,
    ) -> Result<BoardItem, OrchestrationError> {
        let item = self.find_item(project_id, id).await?;
        let tasks = self.store.tasks().list_by_item(id).await?;
        let outline = self.outline(project_id).await?;
        Ok(BoardItem::new(item, tasks, &outline))
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
