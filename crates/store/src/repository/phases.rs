//! Phases.

use std::collections::BTreeMap;

use async_trait::async_trait;
use guildhall_core::{PhaseId, ProjectId, StoreError, Text, UserId};
use guildhall_orchestration::{Outline, Phase, PhaseRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::cards::MOST_CARDS;
use crate::{
    SeaUnitOfWork,
    entity::{
        phase::{ActiveModel, Column, Entity, Model},
        phase_assignee,
    },
    error::{corrupt, store_error},
    repository::Entry,
    rows::expect_one,
};

#[async_trait]
impl PhaseRepository for SeaUnitOfWork {
    async fn find(&self, id: PhaseId) -> Result<Option<Phase>, StoreError> {
        let found = self.cards::<Entity>(Column::Id.eq(id.uuid())).await?.pop().map(phase).transpose()?;
        self.note_entry(found.as_ref().map(Entry::of_phase));
        Ok(found)
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Phase>, StoreError> {
        let cards = self.cards::<Entity>(Column::ProjectId.eq(project_id.uuid())).await?;
        cards.into_iter().map(phase).collect()
    }

    async fn list_outlines(
        &self,
        project_ids: &[ProjectId],
    ) -> Result<BTreeMap<ProjectId, Outline>, StoreError> {
        self.outlines(project_ids).await
    }

    async fn insert(&self, phase: &Phase) -> Result<(), StoreError> {
        self.add(row(self.workspace()?.uuid(), phase)).await?;
        self.index(Entry::of_phase(phase)).await?;
        self.assign::<phase_assignee::Entity>(phase.project_id, phase.id.uuid(), &phase.assignees).await
    }

    async fn insert_all(&self, phases: &[Phase]) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        for some in phases.chunks(MOST_CARDS) {
            self.add_all(some.iter().map(|phase| row(workspace, phase)).collect()).await?;
            self.index_all(some.iter().map(Entry::of_phase)).await?;
        }
        let assigned =
            phases.iter().map(|phase| (phase.project_id, phase.id.uuid(), phase.assignees.as_slice()));
        self.assign_all::<phase_assignee::Entity>(assigned).await
    }

    async fn update(&self, phase: &Phase) -> Result<(), StoreError> {
        let row = row(self.workspace()?.uuid(), phase);
        let change = self.update::<Entity>()?.set(row).filter(Column::Id.eq(phase.id.uuid()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)?;
        self.index(Entry::of_phase(phase)).await?;
        self.reassign::<phase_assignee::Entity>(phase.project_id, phase.id.uuid(), &phase.assignees).await
    }

    async fn delete(&self, id: PhaseId) -> Result<(), StoreError> {
        self.remove_from_index(id.uuid()).await?;
        let gone = self.delete::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
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
