//! Meta roles: the platform's, the same for every workspace.

use async_trait::async_trait;
use guildhall_authz::{MetaRole, MetaRoleRepository};
use guildhall_core::{MetaRoleId, RowVersion, StoreError};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::meta_role::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{Only, expect_one},
};

#[async_trait]
impl MetaRoleRepository for SeaUnitOfWork {
    async fn find(&self, id: MetaRoleId) -> Result<Option<MetaRole>, StoreError> {
        let found = Entity::find_by_id(id.uuid()).only(self.transaction()).await.map_err(store_error)?;
        found.map(meta_role).transpose()
    }

    async fn list(&self) -> Result<Vec<MetaRole>, StoreError> {
        let all = Entity::find().order_by_asc(Column::Code).all(self.transaction()).await;
        all.map_err(store_error)?.into_iter().map(meta_role).collect()
    }

    async fn insert(&self, made: &MetaRole) -> Result<(), StoreError> {
        self.add(row(made, made.version)).await
    }

    async fn update(&self, changed: &MetaRole) -> Result<(), StoreError> {
        let change = Entity::update_many().set(row(changed, changed.version.next())).filter(as_read(changed));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }

    async fn delete(&self, gone: &MetaRole) -> Result<(), StoreError> {
        let gone = Entity::delete_many().filter(as_read(gone));
        expect_one(gone.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

/// The row, where nobody has changed it meanwhile.
fn as_read(meta_role: &MetaRole) -> Condition {
    Condition::all()
        .add(Column::Id.eq(meta_role.id.uuid()))
        .add(Column::Version.eq(meta_role.version.number()))
}

fn row(meta_role: &MetaRole, version: RowVersion) -> ActiveModel {
    ActiveModel {
        id: Set(meta_role.id.uuid()),
        code: Set(meta_role.code.to_string()),
        name: Set(meta_role.name.to_string()),
        given_by: Set(meta_role.given_by.as_str().to_owned()),
        built_in: Set(meta_role.built_in),
        version: Set(version.number()),
    }
}

fn meta_role(row: Model) -> Result<MetaRole, StoreError> {
    let Model { id, code, name, given_by, built_in, version } = row;
    Ok(MetaRole {
        id: MetaRoleId::new(id),
        code: code.parse().map_err(corrupt("meta_role.code"))?,
        name: name.parse().map_err(corrupt("meta_role.name"))?,
        given_by: given_by.parse().map_err(corrupt("meta_role.given_by"))?,
        built_in,
        version: RowVersion::new(version),
    })
}
