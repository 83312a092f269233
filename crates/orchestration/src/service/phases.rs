//! Phases: creating, changing, moving, deleting.

use guildhall_core::{PhaseId, ProjectId};

use super::Orchestration;
use crate::{
    CardCounts, CreatePhase, OrchestrationError, Phase, PhasePatch, Place, Position, Project, arrange,
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
        project: &Project,
        command: CreatePhase,
    ) -> Result<Phase, OrchestrationError> {
        project.ensure_active()?;
        ensure_dates_in_order(command.start_date, command.due_date)?;
        let assignees = self.assignees(project.id, command.assignees).await?;
        self.expect_room(project.id, CardCounts { phases: 1, ..CardCounts::default() }).await?;
        let position = self.place_phase(project.id, None, command.place).await?;
        let phase = Phase {
            id: PhaseId::new(self.ids.uuid()),
            project_id: project.id,
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
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::StartAfterDue`] or [`OrchestrationError::NotAMember`].
    pub async fn update_phase(
        &self,
        project: &Project,
        before: &Phase,
        mut patch: PhasePatch,
    ) -> Result<Phase, OrchestrationError> {
        project.ensure_active()?;
        patch.assignees = self.patched_assignees(project.id, patch.assignees).await?;
        let after = before.clone().patched(patch)?;
        self.store_phase(before, after).await
    }

    /// Moves a phase in its workflow.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`] or [`OrchestrationError::NotANeighbour`].
    pub async fn move_phase(
        &self,
        project: &Project,
        before: &Phase,
        place: Place<PhaseId>,
    ) -> Result<Phase, OrchestrationError> {
        project.ensure_active()?;
        let position = self.place_phase(project.id, Some(before.id), place).await?;
        let after = Phase { position, ..before.clone() };
        self.store_phase(before, after).await
    }

    /// Deletes a phase for good.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`] or [`OrchestrationError::PhaseNotEmpty`].
    pub async fn delete_phase(&self, project: &Project, phase: &Phase) -> Result<(), OrchestrationError> {
        project.ensure_active()?;
        let mut items = self.store.items().list_by_phase(phase.id).await?;
        if !items.is_empty() {
            items.sort_by(|a, b| a.position.cmp(&b.position));
            let items = items.into_iter().map(|item| (item.id, item.content.name().clone())).collect();
            return Err(OrchestrationError::PhaseNotEmpty { items });
        }
        Ok(self.store.phases().delete(phase.id).await?)
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
                let moved = Phase { position, ..sibling.clone() };
                self.store.phases().update(&sibling, &moved).await?;
            }
        }
        Ok(arrangement.position)
    }

    async fn store_phase(&self, before: &Phase, after: Phase) -> Result<Phase, OrchestrationError> {
        if after != *before {
            self.store.phases().update(before, &after).await?;
        }
        Ok(after)
    }
}
