//! From one exact key to its workspace.

use async_trait::async_trait;
use guildhall_core::{AccountId, ApiKeyId, LaunchId, SecretHash, StoreError, WorkspaceId};
use guildhall_kernel::Directory;
use sea_orm::EntityTrait;

use crate::{
    SeaUnitOfWork,
    entity::{account_directory, api_key_directory, invitation_directory, launch_directory},
    error::store_error,
    rows::Only,
};

#[async_trait]
impl Directory for SeaUnitOfWork {
    async fn find_account(&self, account: AccountId) -> Result<Option<WorkspaceId>, StoreError> {
        let row = account_directory::Entity::find_by_id(account.uuid()).only(self.transaction()).await;
        Ok(row.map_err(store_error)?.map(|row| WorkspaceId::new(row.workspace_id)))
    }

    async fn find_launch_code(
        &self,
        hash: &SecretHash,
    ) -> Result<Option<(WorkspaceId, LaunchId)>, StoreError> {
        let row =
            launch_directory::Entity::find_by_id(hash.as_bytes().to_vec()).only(self.transaction()).await;
        let row = row.map_err(store_error)?;
        Ok(row.map(|row| (WorkspaceId::new(row.workspace_id), LaunchId::new(row.launch_id))))
    }

    async fn find_api_key(&self, hash: &SecretHash) -> Result<Option<(WorkspaceId, ApiKeyId)>, StoreError> {
        let row =
            api_key_directory::Entity::find_by_id(hash.as_bytes().to_vec()).only(self.transaction()).await;
        let row = row.map_err(store_error)?;
        Ok(row.map(|row| (WorkspaceId::new(row.workspace_id), ApiKeyId::new(row.api_key_id))))
    }

    async fn find_invitation(&self, hash: &SecretHash) -> Result<Option<WorkspaceId>, StoreError> {
        let row =
            invitation_directory::Entity::find_by_id(hash.as_bytes().to_vec()).only(self.transaction()).await;
        Ok(row.map_err(store_error)?.map(|row| WorkspaceId::new(row.workspace_id)))
    }
}
