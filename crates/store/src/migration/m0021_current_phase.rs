//! Whether a phase has something to do is found in an index, and how far a workflow has come is counted off it.

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
        execute(manager, INDEXES).await
    }
}

const INDEXES: &str = "
create index item_by_phase on item (workspace_id, project_id, phase_id, status);
drop index item_by_status;
";
