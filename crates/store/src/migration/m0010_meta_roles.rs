//! Meta roles, and who refers to them.

use guildhall_core::MetaRoleId;
use sea_orm::{ConnectionTrait, DbErr, DeriveMigrationName, Statement};
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
        for table in ["project_member_meta_role", "product_mapping_meta_role"] {
            secure(manager, table, Sharing::Own).await?;
        }
        seed(manager).await
    }
}

/// Whoever refers to a meta role keeps it from being removed, in whichever workspace: a reference is checked past row level
/// security, and tells nothing but that there is one. The mapping itself stands in `product_mapping`; mappings that were made
/// before this migration name the built-in meta roles alone, which nobody can remove.
const TABLES: &str = "
create table meta_role (
    id {uuid} not null primary key,
    code {key} not null unique,
    name text not null,
    given_by text not null,
    built_in boolean not null,
    version bigint not null
);
create table project_member_meta_role (
    workspace_id {uuid} not null references workspace (id),
    project_id {uuid} not null,
    user_id {uuid} not null,
    meta_role {key} not null references meta_role (code),
    primary key (workspace_id, project_id, user_id, meta_role),
    foreign key (workspace_id, project_id, user_id) references project_member (workspace_id, project_id, user_id)
);
create index project_member_meta_role_by_code on project_member_meta_role (workspace_id, meta_role);
create table product_mapping_meta_role (
    workspace_id {uuid} not null references workspace (id),
    product_id {uuid} not null,
    meta_role {key} not null references meta_role (code),
    primary key (workspace_id, product_id, meta_role),
    foreign key (workspace_id, product_id) references product (workspace_id, id)
);
";

/// The meta roles that follow from the roles of projects, one from each.
async fn seed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let built_in = [
        (MetaRoleId::PROJECT_OWNER, "PROJECT_OWNER", "Project owner"),
        (MetaRoleId::PROJECT_CONTRIBUTOR, "PROJECT_CONTRIBUTOR", "Project contributor"),
        (MetaRoleId::PROJECT_VIEWER, "PROJECT_VIEWER", "Project viewer"),
    ];
    let (connection, backend) = (manager.get_connection(), manager.get_database_backend());
    for (id, code, name) in built_in {
        let sql = "insert into meta_role (id, code, name, given_by, built_in, version)
                   values ($1, $2, $3, 'OWNER', true, 1)";
        let values = [id.uuid().into(), code.into(), name.into()];
        connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}
