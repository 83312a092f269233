//! Products.

use async_trait::async_trait;
use guildhall_core::{Name, ProductId, RowVersion, StoreError, WorkspaceId};
use guildhall_products::{Product, ProductRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::product::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{Only, expect_one},
};

#[async_trait]
impl ProductRepository for SeaUnitOfWork {
    async fn find(&self, id: ProductId) -> Result<Option<Product>, StoreError> {
        let found = self.select_shared::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(product).transpose()
    }

    async fn list(&self) -> Result<Vec<Product>, StoreError> {
        let all = self.select_shared::<Entity>()?.order_by_asc(Column::Name).order_by_asc(Column::Id);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(product).collect()
    }

    async fn insert(&self, product: &Product) -> Result<(), StoreError> {
        self.add(row(self.workspace()?, product, product.version)).await
    }

    async fn update(&self, product: &Product) -> Result<(), StoreError> {
        let change = self
            .update::<Entity>()?
            .set(row(self.workspace()?, product, product.version.next()))
            .filter(Column::Id.eq(product.id.uuid()))
            .filter(Column::Version.eq(product.version.number()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

fn row(workspace: WorkspaceId, product: &Product, version: RowVersion) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(workspace.uuid()),
        id: Set(product.id.uuid()),
        name: Set(product.name.to_string()),
        description: Set(product.description.clone().map(Into::into)),
        category: Set(product.category.clone().map(Into::into)),
        owner: Set(product.owner.clone().map(Into::into)),
        version: Set(version.number()),
        created_at: Set(product.created_at),
    }
}

fn product(row: Model) -> Result<Product, StoreError> {
    Ok(Product {
        id: ProductId::new(row.id),
        home: WorkspaceId::new(row.workspace_id),
        name: row.name.parse().map_err(corrupt("product.name"))?,
        description: row
            .description
            .map(|text| text.parse())
            .transpose()
            .map_err(corrupt("product.description"))?,
        category: name(row.category)?,
        owner: name(row.owner)?,
        version: RowVersion::new(row.version),
        created_at: row.created_at,
    })
}

fn name(stored: Option<String>) -> Result<Option<Name>, StoreError> {
    stored.map(|text| text.parse().map_err(corrupt("product"))).transpose()
}
