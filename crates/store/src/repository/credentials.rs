//! Password hashes.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{StoreError, UserId};
use guildhall_identity::{CredentialRepository, PasswordHash};
use sea_orm::{ActiveValue::Set, EntityTrait, QuerySelect as _, sea_query::OnConflict};

use crate::{
    SeaUnitOfWork,
    entity::credential::{ActiveModel, Column, Entity},
    error::store_error,
    rows::Only,
};

#[async_trait]
impl CredentialRepository for SeaUnitOfWork {
    async fn find(&self, user: UserId) -> Result<Option<PasswordHash>, StoreError> {
        let row = Entity::find_by_id(user.uuid()).only(self.transaction()).await.map_err(store_error)?;
        Ok(row.map(|row| PasswordHash::new(row.password_hash)))
    }

    async fn find_for_update(&self, user: UserId) -> Result<Option<PasswordHash>, StoreError> {
        let row = Entity::find_by_id(user.uuid()).lock_exclusive().only(self.transaction()).await;
        Ok(row.map_err(store_error)?.map(|row| PasswordHash::new(row.password_hash)))
    }

    async fn update(&self, user: UserId, hash: &PasswordHash, at: DateTime<Utc>) -> Result<(), StoreError> {
        let row = ActiveModel {
            user_id: Set(user.uuid()),
            password_hash: Set(hash.expose().to_owned()),
            changed_at: Set(at),
        };
        let replace = OnConflict::column(Column::UserId)
            .update_columns([Column::PasswordHash, Column::ChangedAt])
            .to_owned();
        let put = Entity::insert(row).on_conflict(replace);
        put.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}
