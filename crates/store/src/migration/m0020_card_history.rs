//! The feed of one card is read off an index, however long its project's is.

use sea_orm::{DbErr, DeriveMigrationName};
use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait};

use super::dialect::execute;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, INDEX).await
    }
}

const INDEX: &str = "create index event_by_subject on event (workspace_id, project_id, subject_id, seq);";
