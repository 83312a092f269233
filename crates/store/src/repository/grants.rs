//! Stored grants.

use async_trait::async_trait;
use guildhall_authz::{GrantFilter, GrantRepository, Holder, StoredGrant};
use guildhall_core::{
    AccountId, GrantId, GroupId, Page, PageRequest, RoleId, RowVersion, ServiceAccountId, StoreError, UserId,
    ValueError,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::role_grant::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{Only, expect_one},
};

/// The kinds of holders.
const USER: &str = "USER";
const SERVICE_ACCOUNT: &str = "SERVICE_ACCOUNT";
const GROUP: &str = "GROUP";

#[async_trait]
impl GrantRepository for SeaUnitOfWork {
    async fn find(&self, id: GrantId) -> Result<Option<StoredGrant>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(grant).transpose()
    }

    async fn list(&self) -> Result<Vec<StoredGrant>, StoreError> {
        let all = self.select::<Entity>()?.order_by_asc(Column::Id);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(grant).collect()
    }

    async fn list_page(
        &self,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Result<Page<StoredGrant>, StoreError> {
        let found = self.select::<Entity>()?.filter(let_through(filter));
        self.page(found, Column::Id, page, |row| row.id, grant).await
    }

    async fn list_by_holder(&self, holder: Holder) -> Result<Vec<StoredGrant>, StoreError> {
        let held = self.select::<Entity>()?.filter(held_by(holder)).order_by_asc(Column::Id);
        held.all(self.transaction()).await.map_err(store_error)?.into_iter().map(grant).collect()
    }

    async fn list_by_role(&self, role: RoleId) -> Result<Vec<StoredGrant>, StoreError> {
        let given = self.select::<Entity>()?.filter(Column::RoleId.eq(role.uuid())).order_by_asc(Column::Id);
        given.all(self.transaction()).await.map_err(store_error)?.into_iter().map(grant).collect()
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
            version: Set(grant.version.number()),
        })
        .await
    }

    async fn update(&self, grant: &StoredGrant) -> Result<(), StoreError> {
        let row = ActiveModel {
            expires_at: Set(grant.expires_at),
            version: Set(grant.version.next().number()),
            ..Default::default()
        };
        let change = self
            .update::<Entity>()?
            .set(row)
            .filter(Column::Id.eq(grant.id.uuid()))
            .filter(Column::Version.eq(grant.version.number()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }

    async fn delete(&self, id: GrantId) -> Result<(), StoreError> {
        let gone = self.delete::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

fn held_by(holder: Holder) -> Condition {
    Condition::all().add(Column::HolderKind.eq(kind(holder))).add(Column::HolderId.eq(holder.uuid()))
}

fn let_through(filter: &GrantFilter) -> Condition {
    Condition::all()
        .add_option(filter.account.map(|account| Column::AccountId.eq(account.uuid())))
        .add_option(filter.role.map(|role| Column::RoleId.eq(role.uuid())))
        .add_option(filter.holder.map(held_by))
}

const fn kind(holder: Holder) -> &'static str {
    match holder {
        Holder::User(_) => USER,
        Holder::ServiceAccount(_) => SERVICE_ACCOUNT,
        Holder::Group(_) => GROUP,
    }
}

fn grant(row: Model) -> Result<StoredGrant, StoreError> {
    let Model { workspace_id: _, id, holder_kind, holder_id, role_id, account_id, expires_at, version } = row;
    Ok(StoredGrant {
        id: GrantId::new(id),
        holder: holder(&holder_kind, holder_id).map_err(corrupt("role_grant.holder_kind"))?,
        role: RoleId::new(role_id),
        account: AccountId::new(account_id),
        expires_at,
        version: RowVersion::new(version),
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
