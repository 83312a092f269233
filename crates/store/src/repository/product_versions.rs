//! Versions of products.

use async_trait::async_trait;
use guildhall_core::{
    MetaRoleCode, Name, PermissionCode, ProductId, ProductVersionId, RoleCode, RoleId, RowVersion,
    StoreError, WorkspaceId,
};
use guildhall_products::{AppRole, Entry, ProductVersion, ProductVersionRepository, VersionState};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    SeaUnitOfWork,
    entity::product_version::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{Only, expect_one, from_json, to_json},
};

#[async_trait]
impl ProductVersionRepository for SeaUnitOfWork {
    async fn find(&self, id: ProductVersionId) -> Result<Option<ProductVersion>, StoreError> {
        let found = self.select_shared::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(version).transpose()
    }

    async fn list_by_product(&self, product_id: ProductId) -> Result<Vec<ProductVersion>, StoreError> {
        let all = self
            .select_shared::<Entity>()?
            .filter(Column::ProductId.eq(product_id.uuid()))
            .order_by_asc(Column::Id);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(version).collect()
    }

    async fn list_published(&self) -> Result<Vec<ProductVersion>, StoreError> {
        let published = self
            .select_shared::<Entity>()?
            .filter(Column::State.is_in([VersionState::Published.as_str(), VersionState::Retired.as_str()]))
            .order_by_asc(Column::Id);
        published.all(self.transaction()).await.map_err(store_error)?.into_iter().map(version).collect()
    }

    async fn insert(&self, version: &ProductVersion) -> Result<(), StoreError> {
        self.add(row(self.workspace()?, version, version.version)?).await
    }

    async fn update(&self, version: &ProductVersion) -> Result<(), StoreError> {
        let change = self
            .update::<Entity>()?
            .set(row(self.workspace()?, version, version.version.next())?)
            .filter(Column::Id.eq(version.id.uuid()))
            .filter(Column::Version.eq(version.version.number()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

/// A role of a version, as the column `roles` keeps it.
#[derive(Serialize, Deserialize)]
struct StoredRole {
    role_id: RoleId,
    code: RoleCode,
    name: Name,
    permissions: Vec<PermissionCode>,
    meta_roles: Vec<MetaRoleCode>,
}

impl From<&AppRole> for StoredRole {
    fn from(role: &AppRole) -> Self {
        let AppRole { role_id, code, name, permissions, meta_roles } = role.clone();
        Self { role_id, code, name, permissions, meta_roles }
    }
}

impl From<StoredRole> for AppRole {
    fn from(role: StoredRole) -> Self {
        let StoredRole { role_id, code, name, permissions, meta_roles } = role;
        Self { role_id, code, name, permissions, meta_roles }
    }
}

fn row(
    workspace: WorkspaceId,
    version: &ProductVersion,
    row_version: RowVersion,
) -> Result<ActiveModel, StoreError> {
    let roles: Vec<_> = version.roles.iter().map(StoredRole::from).collect();
    Ok(ActiveModel {
        workspace_id: Set(workspace.uuid()),
        id: Set(version.id.uuid()),
        product_id: Set(version.product_id.uuid()),
        name: Set(version.name.to_string()),
        kind: Set(version.entry.kind().as_str().to_owned()),
        entry_url: Set(version.entry.url().to_string()),
        slug: Set(version.slug.to_string()),
        required_context: Set(to_json(&version.required_context)?),
        roles: Set(to_json(&roles)?),
        uses_open_authorization: Set(version.uses_open_authorization),
        config_schema: Set(version.config_schema.clone()),
        config: Set(Value::Object(version.config.clone())),
        state: Set(version.state.as_str().to_owned()),
        published_at: Set(version.published_at),
        version: Set(row_version.number()),
    })
}

fn version(row: Model) -> Result<ProductVersion, StoreError> {
    let kind = row.kind.parse().map_err(corrupt("product_version.kind"))?;
    let url = row.entry_url.parse().map_err(corrupt("product_version.entry_url"))?;
    let roles: Vec<StoredRole> = from_json("product_version.roles", row.roles)?;
    Ok(ProductVersion {
        id: ProductVersionId::new(row.id),
        product_id: ProductId::new(row.product_id),
        home: WorkspaceId::new(row.workspace_id),
        name: row.name.parse().map_err(corrupt("product_version.name"))?,
        entry: Entry::new(kind, url),
        slug: row.slug.parse().map_err(corrupt("product_version.slug"))?,
        required_context: from_json("product_version.required_context", row.required_context)?,
        roles: roles.into_iter().map(Into::into).collect(),
        uses_open_authorization: row.uses_open_authorization,
        config_schema: row.config_schema,
        config: from_json("product_version.config", row.config)?,
        state: row.state.parse().map_err(corrupt("product_version.state"))?,
        published_at: row.published_at,
        version: RowVersion::new(row.version),
    })
}
