//! What a workspace has switched on or off for itself.

use async_trait::async_trait;
use guildhall_core::{ProductId, StoreError};
use guildhall_products::{Switch, SwitchRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::{
        product,
        product_switch::{ActiveModel, Column, Entity, Model},
    },
    error::store_error,
    rows::Only,
};

#[async_trait]
impl SwitchRepository for SeaUnitOfWork {
    async fn find(&self, product_id: ProductId) -> Result<Option<Switch>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::ProductId.eq(product_id.uuid()));
        Ok(found.only(self.transaction()).await.map_err(store_error)?.as_ref().map(switch))
    }

    async fn list(&self) -> Result<Vec<Switch>, StoreError> {
        let all = self.select::<Entity>()?.order_by_asc(Column::ProductId);
        Ok(all.all(self.transaction()).await.map_err(store_error)?.iter().map(switch).collect())
    }

    async fn replace(&self, switch: &Switch) -> Result<(), StoreError> {
        let row = ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            product_id: Set(switch.product_id.uuid()),
            product_home: Set(self.product_home(switch.product_id).await?),
            available: Set(switch.available),
        };
        let replace = OnConflict::columns([Column::WorkspaceId, Column::ProductId])
            .update_column(Column::Available)
            .to_owned();
        let put = Entity::insert(row).on_conflict(replace);
        put.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

impl SeaUnitOfWork {
    /// The owner of a product that can be read here, which a reference to it names.
    async fn product_home(&self, id: ProductId) -> Result<Uuid, StoreError> {
        let found = self.select_shared::<product::Entity>()?.filter(product::Column::Id.eq(id.uuid()));
        let found = found.only(self.transaction()).await.map_err(store_error)?;
        found
            .map(|row| row.workspace_id)
            .ok_or_else(|| StoreError::Conflict(format!("there is no product {id}")))
    }
}

fn switch(row: &Model) -> Switch {
    Switch { product_id: ProductId::new(row.product_id), available: row.available }
}
