//! Stored grants.

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
        secure(manager, "role_grant", Sharing::Own).await
    }
}

/// The directory of accounts is where every account of a workspace stands, whatever it is the account of; so a grant refers to
/// that, and names an account of its own workspace or none.
const TABLES: &str = "
create unique index account_directory_by_workspace on account_directory (workspace_id, account_id);
create table role_grant (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    holder_kind text not null,
    holder_id {uuid} not null,
    role_id {uuid} not null,
    account_id {uuid} not null,
    expires_at {time},
    primary key (workspace_id, id),
    unique (workspace_id, holder_kind, holder_id, role_id, account_id),
    foreign key (workspace_id, account_id) references account_directory (workspace_id, account_id)
);
create index role_grant_by_account on role_grant (workspace_id, account_id);
";
