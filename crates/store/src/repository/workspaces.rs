//! Workspaces, and the directory entries of their accounts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, Name, Page, PageRequest, RowVersion, StoreError, WorkspaceId};
use guildhall_tenancy::{Workspace, WorkspaceFilter, WorkspacePrefix, WorkspaceRepository};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, sea_query::OnConflict,
};

use crate::{
    SeaUnitOfWork,
    entity::{
        account_directory, released_prefix,
        workspace::{ActiveModel, Column, Entity, Model},
    },
    error::{corrupt, store_error},
    repository::projects::{containing, folded},
    rows::{Only, expect_one, from_json, to_json},
};

#[async_trait]
impl WorkspaceRepository for SeaUnitOfWork {
    async fn find(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError> {
        let row = Entity::find_by_id(id.uuid()).only(self.transaction()).await.map_err(store_error)?;
        row.map(workspace).transpose()
    }

    async fn find_by_prefix(&self, prefix: &WorkspacePrefix) -> Result<Option<Workspace>, StoreError> {
        let found = Entity::find().filter(Column::Prefix.eq(prefix.as_str()));
        found.only(self.transaction()).await.map_err(store_error)?.map(workspace).transpose()
    }

    async fn list(
        &self,
        filter: &WorkspaceFilter,
        page: &PageRequest,
    ) -> Result<Page<Workspace>, StoreError> {
        let named = |q: &Name| self.lower("name || ' ' || prefix").like(containing(&folded(q.as_str())));
        let wanted = Condition::all()
            .add_option(filter.q.as_ref().map(named))
            .add_option(filter.state.map(|state| Column::State.eq(state.as_str())));
        self.page(Entity::find().filter(wanted), Column::Id, page, |row| row.id, workspace).await
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

    async fn find_released(&self, prefix: &WorkspacePrefix) -> Result<Option<DateTime<Utc>>, StoreError> {
        let row = released_prefix::Entity::find_by_id(prefix.to_string()).only(self.transaction()).await;
        Ok(row.map_err(store_error)?.map(|row| row.released_at))
    }

    async fn insert_released(&self, prefix: &WorkspacePrefix, at: DateTime<Utc>) -> Result<(), StoreError> {
        let row = released_prefix::ActiveModel { prefix: Set(prefix.to_string()), released_at: Set(at) };
        let again = OnConflict::column(released_prefix::Column::Prefix)
            .update_column(released_prefix::Column::ReleasedAt)
            .to_owned();
        let put = released_prefix::Entity::insert(row).on_conflict(again);
        put.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
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
