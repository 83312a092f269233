//! The platform's own tables, the directories, and the System workspace.

use guildhall_core::{AccountId, WorkspaceId};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, DeriveMigrationName, Statement};
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
        execute(manager, TABLES).await?;
        insert_system(manager).await
    }
}

const TABLES: &str = "
create table app_user (
    id {uuid} primary key,
    email text not null unique,
    firstname text not null,
    lastname text not null,
    agency text,
    country text,
    department text,
    job_title text,
    office_location text,
    display_language text,
    active boolean not null,
    verified boolean not null,
    created_at {time} not null,
    version bigint not null
);
create table credential (
    user_id {uuid} primary key references app_user (id),
    password_hash text not null,
    changed_at {time} not null
);
create table workspace (
    id {uuid} primary key,
    account_id {uuid} not null unique,
    organisation_account_id {uuid} not null unique,
    prefix text not null unique,
    name text not null,
    settings {json} not null,
    state text not null,
    created_at {time} not null,
    version bigint not null
);
create table session (
    id {uuid} primary key,
    user_id {uuid} not null references app_user (id),
    workspace_id {uuid} references workspace (id),
    secret_hash {bytes} unique,
    created_at {time} not null,
    expires_at {time} not null,
    ended_at {time}
);
create index session_by_user on session (user_id, workspace_id);
create table platform_admin (
    user_id {uuid} primary key references app_user (id),
    since {time} not null
);
create table platform_mark (
    name text primary key
);
create table signing_key (
    id {uuid} primary key,
    wrapped_private_key {bytes} not null,
    modulus {bytes} not null,
    exponent {bytes} not null,
    created_at {time} not null,
    retired_at {time}
);
create table epoch (
    scope_id {uuid} primary key,
    value bigint not null
);
create table authz_change (
    scope_id {uuid} not null,
    value bigint not null,
    fact text not null,
    primary key (scope_id, value)
);
create table account_directory (
    account_id {uuid} primary key,
    workspace_id {uuid} not null references workspace (id)
);
create table member_directory (
    user_id {uuid} not null references app_user (id),
    workspace_id {uuid} not null references workspace (id),
    primary key (user_id, workspace_id)
);
create table invitation_directory (
    secret_hash {bytes} primary key,
    workspace_id {uuid} not null references workspace (id)
);
create table launch_directory (
    code_hash {bytes} primary key,
    workspace_id {uuid} not null references workspace (id),
    launch_id {uuid} not null
);
create table client_directory (
    client_id {uuid} primary key,
    workspace_id {uuid} not null references workspace (id)
);
";

/// The System workspace and its accounts have ids that every platform knows.
async fn insert_system(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let backend = manager.get_database_backend();
    let settings = if backend == DbBackend::Postgres { "'{}'::jsonb" } else { "'{}'" };
    let sql = format!(
        "insert into workspace (id, account_id, organisation_account_id, prefix, name, settings, state, created_at, version)
         values ($1, $2, $3, 'system', 'System', {settings}, 'ACTIVE', '2026-01-01T00:00:00+00:00', 1)"
    );
    let (account, organisation) = (AccountId::SYSTEM.uuid(), AccountId::SYSTEM_ORGANISATION.uuid());
    let values = [WorkspaceId::SYSTEM.uuid().into(), account.into(), organisation.into()];
    connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    for id in [account, organisation] {
        let sql = "insert into account_directory (account_id, workspace_id) values ($1, $2)";
        let values = [id.into(), WorkspaceId::SYSTEM.uuid().into()];
        connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}
