//! Whoever asks for what he has to do is found among the assignees first, before any project is.

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
create index item_assignee_by_user on item_assignee (workspace_id, user_id, item_id);
create index task_assignee_by_user on task_assignee (workspace_id, user_id, task_id);
";
