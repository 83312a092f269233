//! Meta roles of product roles.

use async_trait::async_trait;
use guildhall_core::{ProductId, RoleId, StoreError, WorkspaceId};
use guildhall_products::{Mapping, MappingRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::product_mapping::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{from_json, to_json},
};

#[async_trait]
impl MappingRepository for SeaUnitOfWork {
    async fn list(&self) -> Result<Vec<Mapping>, StoreError> {
        let all = self.select_shared::<Entity>()?.order_by_asc(Column::ProductId).order_by_asc(Column::Code);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(mapping).collect()
    }

    async fn list_by_product(&self, product_id: ProductId) -> Result<Vec<Mapping>, StoreError> {
        let all = self
            .select_shared::<Entity>()?
            .filter(Column::ProductId.eq(product_id.uuid()))
            .order_by_asc(Column::Code);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(mapping).collect()
    }

    async fn replace(&self, product_id: ProductId, mappings: &[Mapping]) -> Result<(), StoreError> {
        let before = self.delete::<Entity>()?.filter(Column::ProductId.eq(product_id.uuid()));
        before.exec(self.transaction()).await.map_err(store_error)?;
        let workspace = self.workspace()?;
        let rows = mappings.iter().map(|mapping| row(workspace, product_id, mapping));
        self.add_all(rows.collect::<Result<_, _>>()?).await
    }
}

fn row(workspace: WorkspaceId, product_id: ProductId, mapping: &Mapping) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        workspace_id: Set(workspace.uuid()),
        product_id: Set(product_id.uuid()),
        code: Set(mapping.code.to_string()),
        role_id: Set(mapping.role_id.uuid()),
        meta_roles: Set(to_json(&mapping.meta_roles)?),
    })
}

fn mapping(row: Model) -> Result<Mapping, StoreError> {
    Ok(Mapping {
        product_id: ProductId::new(row.product_id),
        role_id: RoleId::new(row.role_id),
        code: row.code.parse().map_err(corrupt("product_mapping.code"))?,
        meta_roles: from_json("product_mapping.meta_roles", row.meta_roles)?,
    })
}
