//! Groups.

use async_trait::async_trait;
use guildhall_authz::{Group, GroupRepository};
use guildhall_core::{AccountId, GroupId, Name, RowVersion, StoreError, Text};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::user_group::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{Only, expect_one},
};

#[async_trait]
impl GroupRepository for SeaUnitOfWork {
    async fn find(&self, id: GroupId) -> Result<Option<Group>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(group).transpose()
    }

    async fn find_by_name(&self, name: &Name) -> Result<Option<Group>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::NameFolded.eq(folded(name)));
        found.only(self.transaction()).await.map_err(store_error)?.map(group).transpose()
    }

    async fn list(&self) -> Result<Vec<Group>, StoreError> {
        let all = self.select::<Entity>()?.order_by_asc(Column::Id);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(group).collect()
    }

    async fn insert(&self, group: &Group) -> Result<(), StoreError> {
        self.add(row(self.workspace()?.uuid(), group, group.version)).await
    }

    async fn update(&self, group: &Group) -> Result<(), StoreError> {
        let changed = row(self.workspace()?.uuid(), group, group.version.next());
        let change = self.update::<Entity>()?.set(changed).filter(as_read(group));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }

    async fn delete(&self, group: &Group) -> Result<(), StoreError> {
        let gone = self.delete::<Entity>()?.filter(as_read(group));
        expect_one(gone.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

/// The name as names are compared: the databases would fold it differently.
fn folded(name: &Name) -> String {
    name.as_str().to_lowercase()
}

/// The row, where nobody has changed it meanwhile.
fn as_read(group: &Group) -> Condition {
    Condition::all().add(Column::Id.eq(group.id.uuid())).add(Column::Version.eq(group.version.number()))
}

fn row(workspace: Uuid, group: &Group, version: RowVersion) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(workspace),
        id: Set(group.id.uuid()),
        account_id: Set(group.account.uuid()),
        name: Set(group.name.to_string()),
        name_folded: Set(folded(&group.name)),
        description: Set(group.description.as_ref().map(Text::to_string)),
        created_at: Set(group.created_at),
        version: Set(version.number()),
    }
}

fn group(row: Model) -> Result<Group, StoreError> {
    let Model { workspace_id: _, id, account_id, name, name_folded: _, description, created_at, version } =
        row;
    Ok(Group {
        id: GroupId::new(id),
        account: AccountId::new(account_id),
        name: name.parse().map_err(corrupt("user_group.name"))?,
        description: description
            .map(|text| text.parse())
            .transpose()
            .map_err(corrupt("user_group.description"))?,
        created_at,
        version: RowVersion::new(version),
    })
}
