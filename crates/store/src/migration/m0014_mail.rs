//! Letters that go out by mail.

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

/// Whoever delivers is in no workspace, so the table is the platform's. Links of invitations that went out before were shown to
/// whoever invited, so none of them says whose an address is.
const TABLES: &str = "
create table outgoing_mail (
    id {uuid} primary key,
    workspace_id {uuid} references workspace (id),
    kind text not null,
    recipient text not null,
    secret_hash {bytes},
    sealed {bytes},
    state text not null,
    attempts bigint not null,
    fault text,
    created_at {time} not null,
    due_at {time} not null,
    ended_at {time},
    check ((state = 'WAITING') = (sealed is not null)),
    check ((state = 'WAITING') = (ended_at is null))
);
create index outgoing_mail_due on outgoing_mail (due_at) where state = 'WAITING';
create index outgoing_mail_ended on outgoing_mail (ended_at) where state <> 'WAITING';
alter table invitation add column mailed boolean not null default false;
";
