//! Phases: creating, changing, moving, deleting.

use guildhall_core::{PhaseId, ProjectId};

use super::Orchestration;
use crate::{
    CardCounts, CreatePhase, OrchestrationError, Phase, PhasePatch, Place, Position, arrange,
    project::ensure_dates_in_order,
};

impl Orchestration<'_> {
    /// Adds a phase to a project's workflow.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::StartAfterDue`],
    /// [`OrchestrationError::NotAMember`], [`OrchestrationError::BoardTooLarge`] or [`OrchestrationError::NotANeighbour`].
    pub async fn create_phase(
        &self,
        project_id: ProjectId,
        command: CreatePhase,
    ) -> Result<Phase, OrchestrationError> {
        self.active_project(project_id).await?;
        ensure_dates_in_order(command.start_date, command.due_date)?;
        let assignees = self.assignees(project_id, command.assignees).await?;
        self.expect_room(project_id, CardCounts { phases: 1, ..CardCounts::default() }).await?;
        let position = self.place_phase(project_id, None, command.place).await?;
        let phase = Phase {
            id: PhaseId::new(self.ids.uuid()),
            project_id,
            name: command.name,
            objective: command.objective,
            deliverables: command.deliverables,
            start_date: command.start_date,
            due_date: command.due_date,
            assignees,
            position,
        };
        self.store.phases().insert(&phase).await?;
        Ok(phase)
    }

    /// Changes a phase.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`],
    /// [`OrchestrationError::StartAfterDue`] or [`OrchestrationError::NotAMember`].
    pub async fn update_phase(
        &self,
        project_id: ProjectId,
        id: PhaseId,
        mut patch: PhasePatch,
    ) -> Result<Phase, OrchestrationError> {
        self.active_project(project_id).await?;
        let before = self.find_phase(project_id, id).await?;
        patch.assignees = self.patched_assignees(project_id, patch.assignees).await?;
        let after = before.clone().patched(patch)?;
        self.store_phase(&before, after).await
    }

    /// Moves a phase in its workflow.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] or
    /// [`OrchestrationError::NotANeighbour`].
    pub async fn move_phase(
        &self,
        project_id: ProjectId,
        id: PhaseId,
        place: Place<PhaseId>,
    ) -> Result<Phase, OrchestrationError> {
        self.active_project(project_id).await?;
        let before = self.find_phase(project_id, id).await?;
        let position = self.place_phase(project_id, Some(id), place).await?;
        let after = Phase { position, ..before.clone() };
        self.store_phase(&before, after).await
    }

    /// Deletes a phase for good.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] or
    /// [`OrchestrationError::PhaseNotEmpty`].
    pub async fn delete_phase(
        &self,
        project_id: ProjectId,
        id: PhaseId,
    ) -> Result<Phase, OrchestrationError> {
        self.active_project(project_id).await?;
        let phase = self.find_phase(project_id, id).await?;
        let mut items = self.store.items().list_by_phase(id).await?;
        if !items.is_empty() {
            items.sort_by(|a, b| a.position.cmp(&b.position));
            let items = items.into_iter().map(|item| (item.id, item.content.name().clone())).collect();
            return Err(OrchestrationError::PhaseNotEmpty { items });
        }
        self.store.phases().delete(id).await?;
        Ok(phase)
    }

    pub(super) async fn place_phase(
        &self,
        project_id: ProjectId,
        moved: Option<PhaseId>,
        place: Place<PhaseId>,
    ) -> Result<Position, OrchestrationError> {
        let siblings = self.store.phases().list_by_project(project_id).await?;
        let positions: Vec<_> = siblings.iter().map(|phase| (phase.id, phase.position.clone())).collect();
        let mut arrangement = arrange(&positions, moved, place)?;
        for sibling in siblings {
            if let Some(position) = arrangement.siblings.remove(&sibling.id) {
                self.store.phases().update(&Phase { position, ..sibling }).await?;
            }
        }
        Ok(arrangement.position)
    }

    async fn store_phase(&self, before: &Phase, after: Phase) -> Result<Phase, OrchestrationError> {
        if after != *before {
            self.store.phases().update(&after).await?;
        }
        Ok(after)
    }
}
