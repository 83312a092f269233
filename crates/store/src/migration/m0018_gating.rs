//! Projects say what becomes of work that begins before its phase has come.

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
        execute(manager, COLUMN).await
    }
}

const COLUMN: &str = "
alter table project add column gating text not null default 'ADVISORY'
    check (gating in ('ADVISORY', 'STRICT'));
";
