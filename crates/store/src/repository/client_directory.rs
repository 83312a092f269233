//! Where service accounts live.

use async_trait::async_trait;
use guildhall_core::{ServiceAccountId, StoreError, WorkspaceId};
use guildhall_identity::ClientDirectory;
use sea_orm::EntityTrait;

use crate::{SeaUnitOfWork, entity::client_directory::Entity, error::store_error, rows::Only};

#[async_trait]
impl ClientDirectory for SeaUnitOfWork {
    async fn find(&self, id: ServiceAccountId) -> Result<Option<WorkspaceId>, StoreError> {
        let row = Entity::find_by_id(id.uuid()).only(self.transaction()).await.map_err(store_error)?;
        Ok(row.map(|row| WorkspaceId::new(row.workspace_id)))
    }
}
