//! Items.

use async_trait::async_trait;
use guildhall_core::{
    AccountId, ItemId, Page, PageRequest, PhaseId, ProductId, ProjectId, StoreError, UserId, WorkspaceId,
};
use guildhall_orchestration::{
    AssignedWork, Gap, Item, ItemRepository, Place, ProductInUse, ProjectState, Status,
};
use sea_orm::{ColumnTrait, Condition, JoinType, QueryFilter, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::{
    cards::Card,
    item_rows::{item, row},
};
use crate::{
    SeaUnitOfWork,
    entity::{
        item::{Column, Entity, Relation},
        project, task,
    },
    error::store_error,
    repository::Entry,
};

#[async_trait]
impl ItemRepository for SeaUnitOfWork {
    async fn find(&self, id: ItemId) -> Result<Option<Item>, StoreError> {
        self.card::<Entity>(id.uuid()).await?.map(item).transpose()
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Item>, StoreError> {
        let cards = self.cards::<Entity>(Column::ProjectId.eq(project_id.uuid())).await?;
        cards.into_iter().map(item).collect()
    }

    async fn find_gap(
        &self,
        phase_id: PhaseId,
        moved: Option<ItemId>,
        place: Place<ItemId>,
    ) -> Result<Option<Gap>, StoreError> {
        let parent = Column::PhaseId.eq(phase_id.uuid());
        self.gap::<Entity>(parent, moved.map(ItemId::uuid), place.map(ItemId::uuid)).await
    }

    async fn list_by_phase(&self, phase_id: PhaseId) -> Result<Vec<Item>, StoreError> {
        self.cards_under::<Entity>(phase_id.uuid()).await?.into_iter().map(item).collect()
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
        self.add_card(card(self.workspace()?.uuid(), item)).await
    }

    async fn insert_all(&self, items: &[Item]) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add_cards(items.iter().map(|item| card(workspace, item)).collect()).await
    }

    async fn update(&self, before: &Item, after: &Item) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.change_card(card(workspace, before), card(workspace, after)).await
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

fn card(workspace: Uuid, item: &Item) -> Card<'_, Entity> {
    Card { row: row(workspace, item), entry: Entry::of_item(item), assignees: &item.assignees }
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
