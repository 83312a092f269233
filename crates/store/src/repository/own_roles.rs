//! The workspace's own roles.

use std::collections::BTreeSet;

use async_trait::async_trait;
use guildhall_authz::{OwnRole, OwnRoleRepository, Permission};
use guildhall_core::{RoleCode, RoleId, RowVersion, StoreError};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::own_role::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{Only, expect_one, from_json, to_json},
};

#[async_trait]
impl OwnRoleRepository for SeaUnitOfWork {
    async fn find(&self, id: RoleId) -> Result<Option<OwnRole>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(role).transpose()
    }

    async fn find_by_code(&self, code: &RoleCode) -> Result<Option<OwnRole>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Code.eq(code.as_str()));
        found.only(self.transaction()).await.map_err(store_error)?.map(role).transpose()
    }

    async fn list(&self) -> Result<Vec<OwnRole>, StoreError> {
        let all = self.select::<Entity>()?.order_by_asc(Column::Id);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(role).collect()
    }

    async fn insert(&self, role: &OwnRole) -> Result<(), StoreError> {
        self.add(row(self.workspace()?.uuid(), role, role.version)?).await
    }

    async fn update(&self, role: &OwnRole) -> Result<(), StoreError> {
        let changed = row(self.workspace()?.uuid(), role, role.version.next())?;
        let change = self.update::<Entity>()?.set(changed).filter(as_read(role));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }

    async fn delete(&self, role: &OwnRole) -> Result<(), StoreError> {
        let gone = self.delete::<Entity>()?.filter(as_read(role));
        expect_one(gone.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

/// The row, where nobody has changed it meanwhile.
fn as_read(role: &OwnRole) -> Condition {
    Condition::all().add(Column::Id.eq(role.id.uuid())).add(Column::Version.eq(role.version.number()))
}

fn row(workspace: Uuid, role: &OwnRole, version: RowVersion) -> Result<ActiveModel, StoreError> {
    let permissions: Vec<String> = role.permissions.iter().map(ToString::to_string).collect();
    Ok(ActiveModel {
        workspace_id: Set(workspace),
        id: Set(role.id.uuid()),
        code: Set(role.code.to_string()),
        name: Set(role.name.to_string()),
        permissions: Set(to_json(&permissions)?),
        created_at: Set(role.created_at),
        version: Set(version.number()),
    })
}

fn role(row: Model) -> Result<OwnRole, StoreError> {
    let Model { workspace_id: _, id, code, name, permissions, created_at, version } = row;
    let permissions: Vec<String> = from_json("own_role.permissions", permissions)?;
    let permissions: Result<BTreeSet<Permission>, _> = permissions.iter().map(|text| text.parse()).collect();
    Ok(OwnRole {
        id: RoleId::new(id),
        code: code.parse().map_err(corrupt("own_role.code"))?,
        name: name.parse().map_err(corrupt("own_role.name"))?,
        permissions: permissions.map_err(corrupt("own_role.permissions"))?,
        created_at,
        version: RowVersion::new(version),
    })
}
