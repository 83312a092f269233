//! Meta roles of product roles.

use std::collections::BTreeSet;

use async_trait::async_trait;
use guildhall_core::{ProductId, RoleId, StoreError, WorkspaceId};
use guildhall_products::{Mapping, MappingRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::{
        product_mapping::{ActiveModel, Column, Entity, Model},
        product_mapping_meta_role,
    },
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
        self.replace_references(product_id, mappings).await?;
        let workspace = self.workspace()?;
        let rows = mappings.iter().map(|mapping| row(workspace, product_id, mapping));
        self.add_all(rows.collect::<Result<_, _>>()?).await
    }
}

impl SeaUnitOfWork {
    /// Which meta roles the mapping names, so that they stay while it does.
    async fn replace_references(
        &self,
        product_id: ProductId,
        mappings: &[Mapping],
    ) -> Result<(), StoreError> {
        let before = self
            .delete::<product_mapping_meta_role::Entity>()?
            .filter(product_mapping_meta_role::Column::ProductId.eq(product_id.uuid()));
        before.exec(self.transaction()).await.map_err(store_error)?;
        let workspace_id = self.workspace()?.uuid();
        let named: BTreeSet<_> = mappings.iter().flat_map(|mapping| &mapping.meta_roles).collect();
        let rows = named.into_iter().map(|meta_role| product_mapping_meta_role::ActiveModel {
            workspace_id: Set(workspace_id),
            product_id: Set(product_id.uuid()),
            meta_role: Set(meta_role.to_string()),
        });
        self.add_all(rows.collect()).await
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
