//! API keys.

use sea_orm::{DbErr, DeriveMigrationName};
use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait};

use super::dialect::{Sharing, execute, secure};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All of it or nothing, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, TABLES).await?;
        secure(manager, "api_key", Sharing::Own).await
    }
}

const TABLES: &str = "
create table api_key (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    user_id {uuid} not null references app_user (id),
    name text not null,
    read_only boolean not null,
    secret_hash {bytes} not null,
    created_at {time} not null,
    expires_at {time},
    primary key (workspace_id, id)
);
create index api_key_by_user on api_key (workspace_id, user_id, id);
create table api_key_directory (
    secret_hash {bytes} primary key,
    workspace_id {uuid} not null references workspace (id),
    api_key_id {uuid} not null
);
create index api_key_directory_by_key on api_key_directory (workspace_id, api_key_id);
";
