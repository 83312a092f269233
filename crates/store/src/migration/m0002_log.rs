//! A workspace's log and its idempotency keys.

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
        for table in ["event_counter", "event", "event_name", "idempotency_key"] {
            secure(manager, table, Sharing::Own).await?;
        }
        Ok(())
    }
}

/// Names stand apart from their events, so that a person can be erased and the events stay.
const TABLES: &str = "
create table event_counter (
    workspace_id {uuid} primary key references workspace (id),
    seq bigint not null
);
create table event (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    seq bigint not null,
    kind text not null,
    at {time} not null,
    actor_kind text not null,
    actor_id {uuid} not null,
    origin_user_id {uuid},
    origin_workspace_id {uuid},
    way_in text not null,
    subject_kind text not null,
    subject_id {uuid} not null,
    project_id {uuid},
    changes {json} not null,
    primary key (workspace_id, id),
    unique (workspace_id, seq)
);
create index event_by_project on event (workspace_id, project_id, seq);
create table event_name (
    workspace_id {uuid} not null,
    event_id {uuid} not null,
    part text not null,
    name text not null,
    primary key (workspace_id, event_id, part),
    foreign key (workspace_id, event_id) references event (workspace_id, id)
);
create table idempotency_key (
    workspace_id {uuid} not null references workspace (id),
    principal_id {uuid} not null,
    route text not null,
    idempotency_key text not null,
    body_hash {bytes} not null,
    subject_id {uuid},
    created_at {time} not null,
    primary key (workspace_id, principal_id, route, idempotency_key)
);
create index idempotency_key_by_age on idempotency_key (workspace_id, created_at);
";
