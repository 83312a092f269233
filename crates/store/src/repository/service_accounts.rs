//! Service accounts, and the directory entries that lead to them.

use async_trait::async_trait;
use guildhall_core::{ProductId, SecretHash, ServiceAccountId, StoreError, UserId, WorkspaceId};
use guildhall_identity::{ServiceAccount, ServiceAccountRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::{
        client_directory,
        service_account::{ActiveModel, Column, Entity, Model},
    },
    error::{corrupt, store_error},
    rows::{Only, expect_one, secret_hash},
};

#[async_trait]
impl ServiceAccountRepository for SeaUnitOfWork {
    async fn find(&self, id: ServiceAccountId) -> Result<Option<ServiceAccount>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(account).transpose()
    }

    async fn list(&self) -> Result<Vec<ServiceAccount>, StoreError> {
        let all = self.select::<Entity>()?.order_by_asc(Column::Id);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(account).collect()
    }

    async fn insert(&self, account: &ServiceAccount) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add(ActiveModel {
            workspace_id: Set(workspace),
            id: Set(account.id.uuid()),
            name: Set(account.name.to_string()),
            kind: Set(account.kind.as_str().to_owned()),
            product_id: Set(account.product_id.map(ProductId::uuid)),
            secret_hash: Set(account.secret_hash.as_bytes().to_vec()),
            created_by: Set(account.created_by.map(UserId::uuid)),
            created_at: Set(account.created_at),
        })
        .await?;
        let entry =
            client_directory::ActiveModel { client_id: Set(account.id.uuid()), workspace_id: Set(workspace) };
        self.add(entry).await
    }

    async fn update_secret(&self, id: ServiceAccountId, hash: &SecretHash) -> Result<(), StoreError> {
        let secret = ActiveModel { secret_hash: Set(hash.as_bytes().to_vec()), ..Default::default() };
        let change = self.update::<Entity>()?.set(secret).filter(Column::Id.eq(id.uuid()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }

    async fn delete(&self, id: ServiceAccountId) -> Result<bool, StoreError> {
        let gone = self.delete::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        let removed = gone.exec(self.transaction()).await.map_err(store_error)?.rows_affected == 1;
        if removed {
            let entry = client_directory::Entity::delete_by_id(id.uuid());
            entry.exec(self.transaction()).await.map_err(store_error)?;
        }
        Ok(removed)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "`map` hands it over")]
fn account(row: Model) -> Result<ServiceAccount, StoreError> {
    Ok(ServiceAccount {
        id: ServiceAccountId::new(row.id),
        home: WorkspaceId::new(row.workspace_id),
        name: row.name.parse().map_err(corrupt("service_account.name"))?,
        kind: row.kind.parse().map_err(corrupt("service_account.kind"))?,
        product_id: row.product_id.map(ProductId::new),
        secret_hash: secret_hash(&row.secret_hash)?,
        created_by: row.created_by.map(UserId::new),
        created_at: row.created_at,
    })
}
