//! Launches, and the directory entries that lead to them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{
    ItemId, LaunchId, NodeId, ProductId, ProductVersionId, ProjectId, SecretHash, SessionId, StoreError,
    UserId, WorkspaceId,
};
use guildhall_products::{Launch, LaunchRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};

use crate::{
    SeaUnitOfWork,
    entity::{
        launch::{ActiveModel, Column, Entity, Model},
        launch_directory,
    },
    error::store_error,
    rows::{Only, secret_hash},
};

#[async_trait]
impl LaunchRepository for SeaUnitOfWork {
    async fn find(&self, id: LaunchId) -> Result<Option<Launch>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.as_ref().map(launch).transpose()
    }

    async fn find_by_code_hash(&self, code_hash: &SecretHash) -> Result<Option<Launch>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::CodeHash.eq(code_hash.as_bytes().to_vec()));
        found.only(self.transaction()).await.map_err(store_error)?.as_ref().map(launch).transpose()
    }

    async fn insert(&self, launch: &Launch) -> Result<(), StoreError> {
        let workspace = self.workspace()?;
        self.add(row(workspace, launch)).await?;
        let entry = launch_directory::ActiveModel {
            code_hash: Set(launch.code_hash.as_bytes().to_vec()),
            workspace_id: Set(workspace.uuid()),
            launch_id: Set(launch.id.uuid()),
        };
        self.add(entry).await
    }

    async fn update_redeemed(&self, id: LaunchId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let redeemed = ActiveModel { redeemed_at: Set(Some(at)), ..Default::default() };
        let first = self
            .update::<Entity>()?
            .set(redeemed)
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::RedeemedAt.is_null());
        Ok(first.exec(self.transaction()).await.map_err(store_error)?.rows_affected == 1)
    }
}

fn row(workspace: WorkspaceId, launch: &Launch) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(workspace.uuid()),
        id: Set(launch.id.uuid()),
        code_hash: Set(launch.code_hash.as_bytes().to_vec()),
        user_id: Set(launch.user_id.uuid()),
        session_id: Set(launch.session_id.uuid()),
        product_home: Set(launch.product_home.uuid()),
        product_id: Set(launch.product_id.uuid()),
        product_version_id: Set(launch.product_version_id.uuid()),
        project_id: Set(launch.project_id.map(ProjectId::uuid)),
        item_id: Set(launch.item_id.map(ItemId::uuid)),
        node_id: Set(launch.node_id.map(NodeId::uuid)),
        created_at: Set(launch.created_at),
        expires_at: Set(launch.expires_at),
        redeemed_at: Set(launch.redeemed_at),
    }
}

fn launch(row: &Model) -> Result<Launch, StoreError> {
    Ok(Launch {
        id: LaunchId::new(row.id),
        code_hash: secret_hash(&row.code_hash)?,
        user_id: UserId::new(row.user_id),
        session_id: SessionId::new(row.session_id),
        product_id: ProductId::new(row.product_id),
        product_version_id: ProductVersionId::new(row.product_version_id),
        product_home: WorkspaceId::new(row.product_home),
        project_id: row.project_id.map(ProjectId::new),
        item_id: row.item_id.map(ItemId::new),
        node_id: row.node_id.map(NodeId::new),
        created_at: row.created_at,
        expires_at: row.expires_at,
        redeemed_at: row.redeemed_at,
    })
}
