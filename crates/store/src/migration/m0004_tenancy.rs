//! The hierarchy, members and invitations of a workspace.

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
        for table in ["node", "workspace_member", "invitation"] {
            secure(manager, table, Sharing::Own).await?;
        }
        Ok(())
    }
}

/// An address has one pending invitation to each project and one to the workspace alone. These are two indexes, since null
/// equals nothing in an index.
const TABLES: &str = "
create table node (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    parent_id {uuid},
    level text not null,
    custom_level_name text,
    name text not null,
    md_id text,
    categories {json} not null,
    state text not null,
    created_at {time} not null,
    version bigint not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, parent_id) references node (workspace_id, id),
    check ((level = 'CUSTOM') = (custom_level_name is not null))
);
create table workspace_member (
    workspace_id {uuid} not null references workspace (id),
    user_id {uuid} not null references app_user (id),
    role text not null,
    state text not null,
    since {time} not null,
    version bigint not null,
    primary key (workspace_id, user_id)
);
create index workspace_member_by_role on workspace_member (workspace_id, role, state);
create table invitation (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    email text not null,
    role text not null,
    node_ids {json},
    firstname text,
    lastname text,
    invited_by {uuid} not null references app_user (id),
    secret_hash {bytes} not null,
    project_id {uuid},
    project_role text,
    created_at {time} not null,
    expires_at {time} not null,
    state text not null,
    version bigint not null,
    primary key (workspace_id, id),
    unique (workspace_id, secret_hash),
    check ((project_id is null) = (project_role is null))
);
create unique index invitation_pending_to_workspace on invitation (workspace_id, email)
    where state = 'PENDING' and project_id is null;
create unique index invitation_pending_to_project on invitation (workspace_id, email, project_id)
    where state = 'PENDING' and project_id is not null;
create index invitation_by_state on invitation (workspace_id, state, id);
create index invitation_by_email on invitation (workspace_id, email, state);
create index invitation_by_project on invitation (workspace_id, project_id, state, id);
create index invitation_by_inviter on invitation (workspace_id, invited_by, state, id);
";
