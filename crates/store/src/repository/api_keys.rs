//! API keys, and the directory entries that lead to them.

use async_trait::async_trait;
use guildhall_core::{ApiKeyId, SecretHash, StoreError, UserId};
use guildhall_identity::{ApiKey, ApiKeyRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::{
        api_key::{ActiveModel, Column, Entity, Model},
        api_key_directory,
    },
    error::{corrupt, store_error},
    rows::{Only, expect_one, secret_hash},
};

#[async_trait]
impl ApiKeyRepository for SeaUnitOfWork {
    async fn find(&self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(key).transpose()
    }

    async fn list_by_user(&self, user: UserId) -> Result<Vec<ApiKey>, StoreError> {
        let his = self.select::<Entity>()?.filter(Column::UserId.eq(user.uuid())).order_by_asc(Column::Id);
        his.all(self.transaction()).await.map_err(store_error)?.into_iter().map(key).collect()
    }

    async fn insert(&self, key: &ApiKey) -> Result<(), StoreError> {
        self.add(ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            id: Set(key.id.uuid()),
            user_id: Set(key.user_id.uuid()),
            name: Set(key.name.to_string()),
            read_only: Set(key.read_only),
            secret_hash: Set(key.secret_hash.as_bytes().to_vec()),
            created_at: Set(key.created_at),
            expires_at: Set(key.expires_at),
        })
        .await?;
        self.enter_api_key(key.id, &key.secret_hash).await
    }

    async fn update_secret(&self, id: ApiKeyId, hash: &SecretHash) -> Result<(), StoreError> {
        let secret = ActiveModel { secret_hash: Set(hash.as_bytes().to_vec()), ..Default::default() };
        let change = self.update::<Entity>()?.set(secret).filter(Column::Id.eq(id.uuid()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)?;
        self.strike_api_key(id).await?;
        self.enter_api_key(id, hash).await
    }

    async fn delete(&self, id: ApiKeyId) -> Result<bool, StoreError> {
        let gone = self.delete::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        let removed = gone.exec(self.transaction()).await.map_err(store_error)?.rows_affected == 1;
        if removed {
            self.strike_api_key(id).await?;
        }
        Ok(removed)
    }
}

impl SeaUnitOfWork {
    async fn enter_api_key(&self, id: ApiKeyId, hash: &SecretHash) -> Result<(), StoreError> {
        self.add(api_key_directory::ActiveModel {
            secret_hash: Set(hash.as_bytes().to_vec()),
            workspace_id: Set(self.workspace()?.uuid()),
            api_key_id: Set(id.uuid()),
        })
        .await
    }

    async fn strike_api_key(&self, id: ApiKeyId) -> Result<(), StoreError> {
        let entry = api_key_directory::Entity::delete_many()
            .filter(api_key_directory::Column::WorkspaceId.eq(self.workspace()?.uuid()))
            .filter(api_key_directory::Column::ApiKeyId.eq(id.uuid()));
        entry.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "`map` hands it over")]
fn key(row: Model) -> Result<ApiKey, StoreError> {
    Ok(ApiKey {
        id: ApiKeyId::new(row.id),
        user_id: UserId::new(row.user_id),
        name: row.name.parse().map_err(corrupt("api_key.name"))?,
        read_only: row.read_only,
        secret_hash: secret_hash(&row.secret_hash)?,
        created_at: row.created_at,
        expires_at: row.expires_at,
    })
}
