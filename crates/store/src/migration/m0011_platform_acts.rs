//! What platform admins need: prefixes that rest, and the order in which logs are read.

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
        execute(manager, TABLES).await
    }
}

const TABLES: &str = "
create table released_prefix (
    prefix text primary key,
    released_at {time} not null
);
create index event_by_kind on event (workspace_id, kind, seq);
create index event_by_actor on event (workspace_id, actor_id, seq);
";
