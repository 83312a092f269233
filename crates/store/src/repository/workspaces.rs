//! Workspaces, and the directory entries of their accounts.

use async_trait::async_trait;
use guildhall_core::{AccountId, Page, PageRequest, RowVersion, StoreError, WorkspaceId};
use guildhall_tenancy::{Workspace, WorkspacePrefix, WorkspaceRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    SeaUnitOfWork,
    entity::{
        account_directory,
        workspace::{ActiveModel, Column, Entity, Model},
    },
    error::{corrupt, store_error},
    rows::{expect_one, from_json, to_json},
};

#[async_trait]
impl WorkspaceRepository for SeaUnitOfWork {
    async fn find(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError> {
        let row = Entity::find_by_id(id.uuid()).one(self.transaction()).await.map_err(store_error)?;
        row.map(workspace).transpose()
    }

    async fn find_by_prefix(&self, prefix: &WorkspacePrefix) -> Result<Option<Workspace>, StoreError> {
        let found = Entity::find().filter(Column::Prefix.eq(prefix.as_str()));
        found.one(self.transaction()).await.map_err(store_error)?.map(workspace).transpose()
    }

    async fn list(&self, page: &PageRequest) -> Result<Page<Workspace>, StoreError> {
        self.page(Entity::find(), Column::Id, page, |row| row.id, workspace).await
    }

    async fn insert(&self, workspace: &Workspace) -> Result<(), StoreError> {
        self.add(row(workspace, workspace.version)?).await?;
        let accounts = [workspace.account_id, workspace.organisation_account_id];
        let entries = accounts.map(|account| account_directory::ActiveModel {
            account_id: Set(account.uuid()),
            workspace_id: Set(workspace.id.uuid()),
        });
        self.add_all(entries.into()).await
    }

    async fn update(&self, workspace: &Workspace) -> Result<(), StoreError> {
        let change = Entity::update_many()
            .set(row(workspace, workspace.version.next())?)
            .filter(Column::Id.eq(workspace.id.uuid()))
            .filter(Column::Version.eq(workspace.version.number()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

fn row(workspace: &Workspace, version: RowVersion) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        id: Set(workspace.id.uuid()),
        account_id: Set(workspace.account_id.uuid()),
        organisation_account_id: Set(workspace.organisation_account_id.uuid()),
        prefix: Set(workspace.prefix.to_string()),
        name: Set(workspace.name.to_string()),
        settings: Set(to_json(&workspace.settings)?),
        state: Set(workspace.state.as_str().to_owned()),
        created_at: Set(workspace.created_at),
        version: Set(version.number()),
    })
}

fn workspace(row: Model) -> Result<Workspace, StoreError> {
    Ok(Workspace {
        id: WorkspaceId::new(row.id),
        account_id: AccountId::new(row.account_id),
        organisation_account_id: AccountId::new(row.organisation_account_id),
        prefix: row.prefix.parse().map_err(corrupt("workspace.prefix"))?,
        name: row.name.parse().map_err(corrupt("workspace.name"))?,
        settings: from_json("workspace.settings", row.settings)?,
        state: row.state.parse().map_err(corrupt("workspace.state"))?,
        created_at: row.created_at,
        version: RowVersion::new(row.version),
    })
}
