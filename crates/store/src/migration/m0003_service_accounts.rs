//! Service accounts.

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
        secure(manager, "service_account", Sharing::Own).await
    }
}

const TABLES: &str = "
create table service_account (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    name text not null,
    kind text not null,
    product_id {uuid},
    secret_hash {bytes} not null,
    created_by {uuid},
    created_at {time} not null,
    primary key (workspace_id, id)
);
";
