//! Looking at all rows of a workspace, past every wall.

use std::collections::BTreeMap;

use guildhall_core::WorkspaceId;
use guildhall_store::{SHARED_TABLES, WORKSPACE_TABLES};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

use crate::Kept;

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
        rows.insert((*table).to_owned(), rows_of_table(connection, table, workspace).await?);
    }
    Ok(rows)
}

async fn rows_of_table(
    connection: &DatabaseConnection,
    table: &str,
    workspace: WorkspaceId,
) -> Result<String, DbErr> {
    let sql = match connection.get_database_backend() {
        DbBackend::Postgres => format!(
            "select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as rows
             from {table} t where workspace_id = '{workspace}'"
        ),
        _ => sqlite(connection, table, workspace).await?,
    };
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection.query_one_raw(statement).await?;
    Ok(row.and_then(|row| row.try_get("", "rows").ok()).unwrap_or_default())
}

/// The rows of a database, past every wall, for tests that know no SQL.
#[derive(Debug)]
pub struct Rows(DatabaseConnection);

impl Rows {
    /// Those of a test's database.
    ///
    /// # Errors
    /// Where it can't be opened.
    pub async fn open(kept: &Kept) -> Result<Self, DbErr> {
        let url = match kept {
            Kept::Folder(folder) => format!("sqlite://{}", folder.path().join("test.db").display()),
            Kept::Postgres(made) => made.admin_url.clone(),
        };
        Ok(Self(sea_orm::Database::connect(url).await?))
    }

    /// Everything of a space, by table.
    ///
    /// # Errors
    /// Where the database does not say.
    pub async fn of(&self, workspace: WorkspaceId) -> Result<BTreeMap<String, String>, DbErr> {
        rows_of(&self.0, workspace).await
    }

    /// What stands in a space at artifacts, and every version of them.
    ///
    /// # Errors
    /// Where the database does not say.
    pub async fn of_artifacts(&self, workspace: WorkspaceId) -> Result<String, DbErr> {
        let placed = rows_of_table(&self.0, "artifact", workspace).await?;
        Ok(placed + "\n" + &rows_of_table(&self.0, "artifact_version", workspace).await?)
    }
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
