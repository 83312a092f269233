//! Groups, the roles that a workspace makes itself, and grants that change.

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
        for table in ["user_group", "group_member", "own_role"] {
            secure(manager, table, Sharing::Own).await?;
        }
        Ok(())
    }
}

/// A group refers to the directory of accounts, as grants do: it belongs to an account of its own workspace or to none. Its
/// members are members of the workspace, so that no membership of a group outlives that of the workspace.
const TABLES: &str = "
create table user_group (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    account_id {uuid} not null,
    name text not null,
    name_folded {key} not null,
    description text,
    created_at {time} not null,
    version bigint not null,
    primary key (workspace_id, id),
    unique (workspace_id, name_folded),
    foreign key (workspace_id, account_id) references account_directory (workspace_id, account_id)
);
create index user_group_by_account on user_group (workspace_id, account_id);
create table group_member (
    workspace_id {uuid} not null references workspace (id),
    group_id {uuid} not null,
    user_id {uuid} not null,
    added_at {time} not null,
    primary key (workspace_id, group_id, user_id),
    foreign key (workspace_id, group_id) references user_group (workspace_id, id),
    foreign key (workspace_id, user_id) references workspace_member (workspace_id, user_id)
);
create index group_member_by_user on group_member (workspace_id, user_id, group_id);
create table own_role (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    code {key} not null,
    name text not null,
    permissions {json} not null,
    created_at {time} not null,
    version bigint not null,
    primary key (workspace_id, id),
    unique (workspace_id, code)
);
alter table role_grant add column version bigint not null default 1;
create index role_grant_by_role on role_grant (workspace_id, role_id, id);
";
