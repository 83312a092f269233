//! Roles of products.

use async_trait::async_trait;
use guildhall_core::{ProductId, RoleId, StoreError};
use guildhall_products::{ProductRole, ProductRoleRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::product_role::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
};

#[async_trait]
impl ProductRoleRepository for SeaUnitOfWork {
    async fn list(&self) -> Result<Vec<ProductRole>, StoreError> {
        let all = self.select_shared::<Entity>()?.order_by_asc(Column::ProductId).order_by_asc(Column::Code);
        all.all(self.transaction()).await.map_err(store_error)?.iter().map(role).collect()
    }

    async fn list_by_product(&self, product_id: ProductId) -> Result<Vec<ProductRole>, StoreError> {
        let all = self
            .select_shared::<Entity>()?
            .filter(Column::ProductId.eq(product_id.uuid()))
            .order_by_asc(Column::Code);
        all.all(self.transaction()).await.map_err(store_error)?.iter().map(role).collect()
    }

    async fn insert(&self, role: &ProductRole) -> Result<(), StoreError> {
        self.add(ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            id: Set(role.id.uuid()),
            product_id: Set(role.product_id.uuid()),
            code: Set(role.code.to_string()),
        })
        .await
    }
}

fn role(row: &Model) -> Result<ProductRole, StoreError> {
    Ok(ProductRole {
        id: RoleId::new(row.id),
        product_id: ProductId::new(row.product_id),
        code: row.code.parse().map_err(corrupt("product_role.code"))?,
    })
}
