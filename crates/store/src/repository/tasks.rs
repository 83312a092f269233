//! Tasks.

use async_trait::async_trait;
use guildhall_core::{ItemId, PhaseId, ProjectId, StoreError, TaskId, Text, UserId};
use guildhall_orchestration::{Gap, Place, Task, TaskRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::cards::Card;
use crate::{
    SeaUnitOfWork,
    entity::{
        item,
        task::{ActiveModel, Column, Entity, Model},
    },
    error::{corrupt, store_error},
    repository::Entry,
};

#[async_trait]
impl TaskRepository for SeaUnitOfWork {
    async fn find(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        self.card::<Entity>(id.uuid()).await?.map(task).transpose()
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Task>, StoreError> {
        let cards = self.cards::<Entity>(Column::ProjectId.eq(project_id.uuid())).await?;
        cards.into_iter().map(task).collect()
    }

    async fn list_by_phase(&self, phase_id: PhaseId) -> Result<Vec<Task>, StoreError> {
        let items = self.select::<item::Entity>()?.filter(item::Column::PhaseId.eq(phase_id.uuid()));
        let ids = items.select_only().column(item::Column::Id).into_query();
        self.cards::<Entity>(Column::ItemId.in_subquery(ids)).await?.into_iter().map(task).collect()
    }

    async fn find_gap(
        &self,
        item_id: ItemId,
        moved: Option<TaskId>,
        place: Place<TaskId>,
    ) -> Result<Option<Gap>, StoreError> {
        let parent = Column::ItemId.eq(item_id.uuid());
        self.gap::<Entity>(parent, moved.map(TaskId::uuid), place.map(TaskId::uuid)).await
    }

    async fn list_by_item(&self, item_id: ItemId) -> Result<Vec<Task>, StoreError> {
        self.cards_under::<Entity>(item_id.uuid()).await?.into_iter().map(task).collect()
    }

    async fn insert(&self, task: &Task) -> Result<(), StoreError> {
        self.add_card(card(self.workspace()?.uuid(), task)).await
    }

    async fn insert_all(&self, tasks: &[Task]) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add_cards(tasks.iter().map(|task| card(workspace, task)).collect()).await
    }

    async fn update(&self, before: &Task, after: &Task) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.change_card(card(workspace, before), card(workspace, after)).await
    }

    async fn delete(&self, id: TaskId) -> Result<(), StoreError> {
        self.remove_from_index(id.uuid()).await?;
        let gone = self.delete::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

fn card(workspace: Uuid, task: &Task) -> Card<'_, Entity> {
    Card { row: row(workspace, task), entry: Entry::of_task(task), assignees: &task.assignees }
}

fn row(workspace: Uuid, task: &Task) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(workspace),
        id: Set(task.id.uuid()),
        project_id: Set(task.project_id.uuid()),
        item_id: Set(task.item_id.uuid()),
        title: Set(task.title.to_string()),
        description: Set(task.description.as_ref().map(Text::to_string)),
        status: Set(task.status.as_str().to_owned()),
        restored_status: Set(task.restored_status.map(|status| status.as_str().to_owned())),
        due_date: Set(task.due_date),
        position: Set(task.position.to_string()),
    }
}

fn task((row, assignees): (Model, Vec<UserId>)) -> Result<Task, StoreError> {
    let restored_status = row.restored_status.map(|status| status.parse());
    Ok(Task {
        id: TaskId::new(row.id),
        project_id: ProjectId::new(row.project_id),
        item_id: ItemId::new(row.item_id),
        title: row.title.parse().map_err(corrupt("task.title"))?,
        description: row
            .description
            .map(|text| text.parse())
            .transpose()
            .map_err(corrupt("task.description"))?,
        status: row.status.parse().map_err(corrupt("task.status"))?,
        restored_status: restored_status.transpose().map_err(corrupt("task.restored_status"))?,
        due_date: row.due_date,
        assignees,
        position: row.position.parse().map_err(corrupt("task.position"))?,
    })
}
