//! Reading the Canvas, whole or one card of it.

use guildhall_core::{ItemId, PhaseId, ProjectId};

use super::Orchestration;
use crate::{Board, BoardItem, BoardPhase, OrchestrationError, Thing};

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
        let board = self.read_board(project_id).await?;
        board.phase(id).cloned().ok_or(OrchestrationError::NotFound(Thing::Phase))
    }

    /// One item as it stands on the board; an archived one by itself, never ahead.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn read_item(
        &self,
        project_id: ProjectId,
        id: ItemId,
    ) -> Result<BoardItem, OrchestrationError> {
        if let Some(item) = self.read_board(project_id).await?.item(id) {
            return Ok(item.clone());
        }
        let item = self.find_item(project_id, id).await?;
        let tasks = self.store.tasks().list_by_item(id).await?;
        Ok(BoardItem::new(item, tasks))
    }
}
