//! Nodes and projects remember with which node they were archived, so that restoring it brings back exactly those.

use sea_orm::{DbErr, DeriveMigrationName};
use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait};

use super::dialect::execute;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All of it or nothing, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, COLUMNS).await
    }
}

/// Nodes are never deleted, so that what these columns name stays there; SQLite adds no composite foreign key to a table.
const COLUMNS: &str = "
alter table node add column archived_with {uuid}
    check (archived_with is null or state = 'ARCHIVED');
alter table project add column archived_with {uuid}
    check (archived_with is null or state = 'ARCHIVED');
";
