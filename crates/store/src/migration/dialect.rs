//! One spelling of a table for both databases.

use guildhall_core::WorkspaceId;
use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::SchemaManager;

/// Who may read a workspace's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sharing {
    /// The workspace alone.
    Own,
    /// The workspace; and, where the row is the System's, every workspace.
    SystemReadable,
    /// The workspace, and the one that this column of the row names.
    NamedReadable(&'static str),
}

/// Runs statements in which `{uuid}`, `{time}`, `{date}`, `{json}`, `{bytes}` and `{key}` stand for the database's own types,
/// and `{system}` for the id of the System workspace. A `{key}` is text that is compared byte by byte.
pub(super) async fn execute(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    let types = if postgres {
        [
            ("{uuid}", "uuid"),
            ("{time}", "timestamptz"),
            ("{date}", "date"),
            ("{json}", "jsonb"),
            ("{bytes}", "bytea"),
            ("{key}", "text collate \"C\""),
        ]
    } else {
        [
            ("{uuid}", "blob"),
            ("{time}", "text"),
            ("{date}", "text"),
            ("{json}", "text"),
            ("{bytes}", "blob"),
            ("{key}", "text collate binary"),
        ]
    };
    let system = if postgres {
        format!("'{}'::uuid", WorkspaceId::SYSTEM)
    } else {
        format!("x'{}'", WorkspaceId::SYSTEM.uuid().simple())
    };
    let sql = types.iter().fold(sql.replace("{system}", &system), |sql, (name, own)| sql.replace(name, own));
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// Forces row level security on a workspace's table (PostgreSQL; on SQLite there is none).
///
/// The setting is read in a subselect, once for each statement, and is empty rather than null outside of a unit of work.
pub(super) async fn secure(manager: &SchemaManager<'_>, table: &str, sharing: Sharing) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let own = "(select nullif(current_setting('app.workspace_id', true), '')::uuid)";
    let readable = match sharing {
        Sharing::Own => format!("workspace_id = {own}"),
        Sharing::SystemReadable => {
            format!("workspace_id = any(array[{own}, '{}'::uuid])", WorkspaceId::SYSTEM)
        }
        Sharing::NamedReadable(column) => format!("{own} = any(array[workspace_id, {column}])"),
    };
    let sql = format!(
        "alter table {table} enable row level security;
         alter table {table} force row level security;
         create policy {table}_read on {table} for select using ({readable});
         create policy {table}_insert on {table} for insert with check (workspace_id = {own});
         create policy {table}_update on {table} for update using (workspace_id = {own}) with check (workspace_id = {own});
         create policy {table}_delete on {table} for delete using (workspace_id = {own});"
    );
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}
