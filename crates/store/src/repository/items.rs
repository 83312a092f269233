//! Items.

use async_trait::async_trait;
use guildhall_core::{
    AccountId, ItemId, Page, PageRequest, PhaseId, ProductId, ProjectId, StoreError, UserId, WorkspaceId,
};
use guildhall_orchestration::{
    AssignedWork, Item, ItemRepository, Position, ProductInUse, ProjectState, Status,
};
use sea_orm::{ColumnTrait, Condition, JoinType, QueryFilter, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::{
    cards::{MOST_CARDS, positions},
    item_rows::{item, row},
};
use crate::{
    SeaUnitOfWork,
    entity::{
        item::{Column, Entity, Relation},
        item_assignee, project, task,
    },
    error::store_error,
    repository::Entry,
    rows::expect_one,
};

#[async_trait]
impl ItemRepository for SeaUnitOfWork {
    async fn find(&self, id: ItemId) -> Result<Option<Item>, StoreError> {
        let found = self.cards::<Entity>(Column::Id.eq(id.uuid())).await?.pop().map(item).transpose()?;
        self.note_entry(found.as_ref().map(Entry::of_item));
        Ok(found)
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Item>, StoreError> {
        let cards = self.cards::<Entity>(Column::ProjectId.eq(project_id.uuid())).await?;
        cards.into_iter().map(item).collect()
    }

    async fn list_positions(&self, phase_id: PhaseId) -> Result<Vec<(ItemId, Position)>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::PhaseId.eq(phase_id.uuid())).select_only();
        let pairs = found.columns([Column::Id, Column::Position]).into_tuple::<(Uuid, String)>();
        positions(pairs.all(self.transaction()).await.map_err(store_error)?, ItemId::new)
    }

    async fn list_by_phase(&self, phase_id: PhaseId) -> Result<Vec<Item>, StoreError> {
        self.cards::<Entity>(Column::PhaseId.eq(phase_id.uuid())).await?.into_iter().map(item).collect()
    }

    async fn list_assigned(
        &self,
        user_id: UserId,
        page: &PageRequest,
    ) -> Result<Page<AssignedWork>, StoreError> {
        self.assigned_work(user_id, page).await
    }

    async fn list_with_application(&self, project_id: ProjectId) -> Result<Vec<Item>, StoreError> {
        let cards =
            self.cards::<Entity>(live_products().add(Column::ProjectId.eq(project_id.uuid()))).await?;
        cards.into_iter().map(item).collect()
    }

    async fn list_products_in_use(&self) -> Result<Vec<ProductInUse>, StoreError> {
        self.products_in_use(live_products()).await
    }

    async fn list_products_in_use_by_project(
        &self,
        project_id: ProjectId,
    ) -> Result<Vec<ProductInUse>, StoreError> {
        self.products_in_use(live_products().add(Column::ProjectId.eq(project_id.uuid()))).await
    }

    async fn insert(&self, item: &Item) -> Result<(), StoreError> {
        self.add(row(self.workspace()?.uuid(), item)).await?;
        self.index(Entry::of_item(item)).await?;
        self.assign::<item_assignee::Entity>(item.project_id, item.id.uuid(), &item.assignees).await
    }

    async fn insert_all(&self, items: &[Item]) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        for some in items.chunks(MOST_CARDS) {
            self.add_all(some.iter().map(|item| row(workspace, item)).collect()).await?;
            self.index_all(some.iter().map(Entry::of_item)).await?;
        }
        let assigned = items.iter().map(|item| (item.project_id, item.id.uuid(), item.assignees.as_slice()));
        self.assign_all::<item_assignee::Entity>(assigned).await
    }

    async fn update(&self, item: &Item) -> Result<(), StoreError> {
        let row = row(self.workspace()?.uuid(), item);
        let change = self.update::<Entity>()?.set(row).filter(Column::Id.eq(item.id.uuid()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)?;
        self.index(Entry::of_item(item)).await?;
        self.reassign::<item_assignee::Entity>(item.project_id, item.id.uuid(), &item.assignees).await
    }

    async fn delete(&self, id: ItemId) -> Result<(), StoreError> {
        self.remove_from_index(id.uuid()).await?;
        let tasks = self.delete::<task::Entity>()?.filter(task::Column::ItemId.eq(id.uuid()));
        tasks.exec(self.transaction()).await.map_err(store_error)?;
        let gone = self.delete::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

impl SeaUnitOfWork {
    /// What those of these items use that belong to active projects.
    async fn products_in_use(&self, live: Condition) -> Result<Vec<ProductInUse>, StoreError> {
        let used = self
            .select::<Entity>()?
            .join(JoinType::InnerJoin, Relation::Project.def())
            .filter(live)
            .filter(project::Column::State.eq(ProjectState::Active.as_str()))
            .select_only()
            .columns([Column::ProjectId, Column::ProductWorkspaceId, Column::ProductId])
            .column(project::Column::AccountId)
            .distinct()
            .into_tuple::<(Uuid, Uuid, Uuid, Uuid)>();
        let rows = used.all(self.transaction()).await.map_err(store_error)?;
        Ok(rows.into_iter().map(product_in_use).collect())
    }
}

fn live_products() -> Condition {
    Condition::all().add(Column::ProductId.is_not_null()).add(Column::Status.ne(Status::Archived.as_str()))
}

fn product_in_use((project, product_workspace, product, account): (Uuid, Uuid, Uuid, Uuid)) -> ProductInUse {
    ProductInUse {
        project_id: ProjectId::new(project),
        account_id: AccountId::new(account),
        product_workspace_id: WorkspaceId::new(product_workspace),
        product_id: ProductId::new(product),
    }
}
