//! One-time secrets of users.

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

/// Before a secret is shown nobody is in a workspace, so the table is the platform's.
const TABLES: &str = "
create table user_token (
    secret_hash {bytes} primary key,
    user_id {uuid} not null references app_user (id),
    purpose text not null,
    email text,
    session_id {uuid} references session (id),
    workspace_id {uuid} references workspace (id),
    expires_at {time} not null,
    used_at {time},
    check ((purpose = 'CHANGE_EMAIL') = (email is not null)),
    check ((purpose = 'SWITCH') = (session_id is not null and workspace_id is not null))
);
create index user_token_by_user on user_token (user_id);
";
