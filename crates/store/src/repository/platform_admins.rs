//! Platform administrators.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{StoreError, UserId};
use guildhall_identity::PlatformAdminRepository;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, sea_query::OnConflict};

use crate::{
    SeaUnitOfWork,
    entity::platform_admin::{ActiveModel, Column, Entity},
    error::store_error,
};

#[async_trait]
impl PlatformAdminRepository for SeaUnitOfWork {
    async fn list(&self) -> Result<Vec<UserId>, StoreError> {
        let rows =
            Entity::find().order_by_asc(Column::UserId).all(self.transaction()).await.map_err(store_error)?;
        Ok(rows.into_iter().map(|row| UserId::new(row.user_id)).collect())
    }

    async fn insert(&self, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
        let row = ActiveModel { user_id: Set(user.uuid()), since: Set(at) };
        let keep = OnConflict::column(Column::UserId).do_nothing().to_owned();
        let put = Entity::insert(row).on_conflict(keep);
        put.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}
