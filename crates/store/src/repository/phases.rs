//! Phases.

use std::collections::BTreeMap;

use async_trait::async_trait;
use guildhall_core::{Name, PhaseId, ProjectId, StoreError, Text, UserId};
use guildhall_orchestration::{Outline, Phase, PhaseRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::cards::Card;
use crate::{
    SeaUnitOfWork,
    entity::phase::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    repository::Entry,
};

#[async_trait]
impl PhaseRepository for SeaUnitOfWork {
    async fn find(&self, id: PhaseId) -> Result<Option<Phase>, StoreError> {
        self.card::<Entity>(id.uuid()).await?.map(phase).transpose()
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Phase>, StoreError> {
        let cards = self.cards_under::<Entity>(project_id.uuid()).await?;
        cards.into_iter().map(phase).collect()
    }

    async fn list_outlines(
        &self,
        project_ids: &[ProjectId],
    ) -> Result<BTreeMap<ProjectId, Outline>, StoreError> {
        self.outlines(project_ids).await
    }

    async fn find_current_before(&self, id: PhaseId) -> Result<Option<(PhaseId, Name)>, StoreError> {
        self.current_before(id).await
    }

    async fn insert(&self, phase: &Phase) -> Result<(), StoreError> {
        self.add_card(card(self.workspace()?.uuid(), phase)).await
    }

    async fn insert_all(&self, phases: &[Phase]) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add_cards(phases.iter().map(|phase| card(workspace, phase)).collect()).await
    }

    async fn update(&self, before: &Phase, after: &Phase) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.change_card(card(workspace, before), card(workspace, after)).await
    }

    async fn delete(&self, id: PhaseId) -> Result<(), StoreError> {
        self.remove_from_index(id.uuid()).await?;
        let gone = self.delete::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

fn card(workspace: Uuid, phase: &Phase) -> Card<'_, Entity> {
    Card { row: row(workspace, phase), entry: Entry::of_phase(phase), assignees: &phase.assignees }
}

fn row(workspace: Uuid, phase: &Phase) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(workspace),
        id: Set(phase.id.uuid()),
        project_id: Set(phase.project_id.uuid()),
        name: Set(phase.name.to_string()),
        objective: Set(phase.objective.as_ref().map(Text::to_string)),
        deliverables: Set(phase.deliverables.as_ref().map(Text::to_string)),
        start_date: Set(phase.start_date),
        due_date: Set(phase.due_date),
        position: Set(phase.position.to_string()),
    }
}

fn phase((row, assignees): (Model, Vec<UserId>)) -> Result<Phase, StoreError> {
    Ok(Phase {
        id: PhaseId::new(row.id),
        project_id: ProjectId::new(row.project_id),
        name: row.name.parse().map_err(corrupt("phase.name"))?,
        objective: text(row.objective, "phase.objective")?,
        deliverables: text(row.deliverables, "phase.deliverables")?,
        start_date: row.start_date,
        due_date: row.due_date,
        assignees,
        position: row.position.parse().map_err(corrupt("phase.position"))?,
    })
}

fn text(stored: Option<String>, what: &'static str) -> Result<Option<Text>, StoreError> {
    stored.map(|text| text.parse().map_err(corrupt(what))).transpose()
}
