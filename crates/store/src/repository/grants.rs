//! Stored grants.

use async_trait::async_trait;
use guildhall_authz::{GrantRepository, Holder, StoredGrant};
use guildhall_core::{AccountId, GrantId, GroupId, RoleId, ServiceAccountId, StoreError, UserId, ValueError};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::role_grant::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
};

/// The kinds of holders.
const USER: &str = "USER";
const SERVICE_ACCOUNT: &str = "SERVICE_ACCOUNT";
const GROUP: &str = "GROUP";

#[async_trait]
impl GrantRepository for SeaUnitOfWork {
    async fn list(&self) -> Result<Vec<StoredGrant>, StoreError> {
        let all = self.select::<Entity>()?.order_by_asc(Column::Id);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(grant).collect()
    }

    async fn list_by_holder(&self, holder: Holder) -> Result<Vec<StoredGrant>, StoreError> {
        let held = self
            .select::<Entity>()?
            .filter(Column::HolderKind.eq(kind(holder)))
            .filter(Column::HolderId.eq(holder.uuid()))
            .order_by_asc(Column::Id);
        held.all(self.transaction()).await.map_err(store_error)?.into_iter().map(grant).collect()
    }

    async fn insert(&self, grant: &StoredGrant) -> Result<(), StoreError> {
        self.add(ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            id: Set(grant.id.uuid()),
            holder_kind: Set(kind(grant.holder).to_owned()),
            holder_id: Set(grant.holder.uuid()),
            role_id: Set(grant.role.uuid()),
            account_id: Set(grant.account.uuid()),
            expires_at: Set(grant.expires_at),
        })
        .await
    }

    async fn delete(&self, id: GrantId) -> Result<(), StoreError> {
        let gone = self.delete::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

const fn kind(holder: Holder) -> &'static str {
    match holder {
        Holder::User(_) => USER,
        Holder::ServiceAccount(_) => SERVICE_ACCOUNT,
        Holder::Group(_) => GROUP,
    }
}

fn grant(row: Model) -> Result<StoredGrant, StoreError> {
    let Model { workspace_id: _, id, holder_kind, holder_id, role_id, account_id, expires_at } = row;
    Ok(StoredGrant {
        id: GrantId::new(id),
        holder: holder(&holder_kind, holder_id).map_err(corrupt("role_grant.holder_kind"))?,
        role: RoleId::new(role_id),
        account: AccountId::new(account_id),
        expires_at,
    })
}

fn holder(kind: &str, id: Uuid) -> Result<Holder, ValueError> {
    match kind {
        USER => Ok(Holder::User(UserId::new(id))),
        SERVICE_ACCOUNT => Ok(Holder::ServiceAccount(ServiceAccountId::new(id))),
        GROUP => Ok(Holder::Group(GroupId::new(id))),
        _ => Err(ValueError::new("is no kind of holder")),
    }
}
