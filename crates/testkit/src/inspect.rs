//! Looking at all rows of a workspace, past every wall.

use std::collections::BTreeMap;

use guildhall_core::WorkspaceId;
use guildhall_store::{SHARED_TABLES, WORKSPACE_TABLES};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

/// Every row of the workspace as text, by table. Two equal answers mean that nothing has changed.
///
/// # Errors
/// Where the database does not say.
pub async fn rows_of(
    connection: &DatabaseConnection,
    workspace: WorkspaceId,
) -> Result<BTreeMap<String, String>, DbErr> {
    let mut rows = BTreeMap::new();
    for table in WORKSPACE_TABLES.iter().chain(SHARED_TABLES) {
        let sql = match connection.get_database_backend() {
            DbBackend::Postgres => format!(
                "select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as rows
                 from {table} t where workspace_id = '{workspace}'"
            ),
            _ => sqlite(connection, table, workspace).await?,
        };
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        let text: Option<String> =
            connection.query_one_raw(statement).await?.and_then(|row| row.try_get("", "rows").ok());
        rows.insert((*table).to_owned(), text.unwrap_or_default());
    }
    Ok(rows)
}

async fn sqlite(
    connection: &DatabaseConnection,
    table: &str,
    workspace: WorkspaceId,
) -> Result<String, DbErr> {
    let columns =
        Statement::from_string(DbBackend::Sqlite, format!("select name from pragma_table_info('{table}')"));
    let columns = connection.query_all_raw(columns).await?;
    let columns: Vec<String> = columns
        .iter()
        .filter_map(|row| row.try_get::<String>("", "name").ok())
        .map(|name| format!("quote({name})"))
        .collect();
    let row = columns.join(" || ',' || ");
    let id = workspace.uuid().simple();
    Ok(format!(
        "select group_concat(line, char(10)) as rows from
         (select {row} as line from {table} where workspace_id = x'{id}' order by line)"
    ))
}
