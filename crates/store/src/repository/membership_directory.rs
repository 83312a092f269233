//! From a user to his workspaces.

use async_trait::async_trait;
use guildhall_core::{StoreError, UserId, WorkspaceId};
use guildhall_tenancy::MembershipDirectory;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};

use crate::{
    SeaUnitOfWork,
    entity::member_directory::{ActiveModel, Column, Entity},
    error::store_error,
};

#[async_trait]
impl MembershipDirectory for SeaUnitOfWork {
    async fn list_workspaces(&self, user: UserId) -> Result<Vec<WorkspaceId>, StoreError> {
        let entries = Entity::find().filter(Column::UserId.eq(user.uuid())).order_by_asc(Column::WorkspaceId);
        let rows = entries.all(self.transaction()).await.map_err(store_error)?;
        Ok(rows.into_iter().map(|row| WorkspaceId::new(row.workspace_id)).collect())
    }

    async fn insert(&self, user: UserId, workspace: WorkspaceId) -> Result<(), StoreError> {
        let row = ActiveModel { user_id: Set(user.uuid()), workspace_id: Set(workspace.uuid()) };
        let keep = OnConflict::columns([Column::UserId, Column::WorkspaceId]).do_nothing().to_owned();
        let put = Entity::insert(row).on_conflict(keep);
        put.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }

    async fn delete(&self, user: UserId, workspace: WorkspaceId) -> Result<(), StoreError> {
        let entry = Entity::delete_by_id((user.uuid(), workspace.uuid()));
        entry.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}
