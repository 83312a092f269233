//! Keys that sign access tokens.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{SigningKeyId, StoreError};
use guildhall_identity::{SigningKey, SigningKeyRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::signing_key::{ActiveModel, Column, Entity, Model},
    error::store_error,
};

#[async_trait]
impl SigningKeyRepository for SeaUnitOfWork {
    async fn list(&self) -> Result<Vec<SigningKey>, StoreError> {
        let newest_first = Entity::find().order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
        let rows = newest_first.all(self.transaction()).await.map_err(store_error)?;
        Ok(rows.into_iter().map(key).collect())
    }

    async fn insert(&self, key: &SigningKey) -> Result<(), StoreError> {
        self.add(ActiveModel {
            id: Set(key.id.uuid()),
            wrapped_private_key: Set(key.wrapped_private_key.clone()),
            modulus: Set(key.modulus.clone()),
            exponent: Set(key.exponent.clone()),
            created_at: Set(key.created_at),
            retired_at: Set(key.retired_at),
        })
        .await
    }

    async fn update_retired(&self, id: SigningKeyId, at: DateTime<Utc>) -> Result<(), StoreError> {
        let retire = ActiveModel { retired_at: Set(Some(at)), ..Default::default() };
        let change = Entity::update_many().set(retire).filter(Column::Id.eq(id.uuid()));
        change.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

fn key(row: Model) -> SigningKey {
    SigningKey {
        id: SigningKeyId::new(row.id),
        wrapped_private_key: row.wrapped_private_key,
        modulus: row.modulus,
        exponent: row.exponent,
        created_at: row.created_at,
        retired_at: row.retired_at,
    }
}
