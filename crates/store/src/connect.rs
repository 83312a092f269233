//! Connections: how each database is opened.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbErr,
    sqlx::{Connection as _, sqlite},
};
use thiserror::Error;

/// How long a use case waits for a connection, or for SQLite's writer.
const ACQUIRE: Duration = Duration::from_secs(2);
/// How long one statement may run on PostgreSQL.
const STATEMENT: Duration = Duration::from_secs(10);
/// How long a SQLite connection waits for another process.
const BUSY: Duration = Duration::from_secs(5);
/// Connections that read beside SQLite's writer.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL.
const POSTGRES_POOL: u32 = 16;

/// Why a database could not be opened.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// The URL's scheme is neither `sqlite` nor `postgres`.
    #[error("the database URL must begin with `sqlite:` or `postgres:`")]
    UnknownScheme,
    /// The database does not answer.
    #[error("the database can't be opened: {0}")]
    Database(#[from] DbErr),
}

/// The connections of one database.
pub(crate) struct Connections {
    pub(crate) writer: DatabaseConnection,
    pub(crate) reader: DatabaseConnection,
}

pub(crate) async fn connect(url: &str) -> Result<Connections, ConnectError> {
    if url.starts_with("sqlite:") {
        let writer = Database::connect(sqlite_options(url, 1)).await?;
        let reader = Database::connect(sqlite_options(url, SQLITE_READERS)).await?;
        Ok(Connections { writer, reader })
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        let pool = Database::connect(postgres_options(url)).await?;
        Ok(Connections { writer: pool.clone(), reader: pool })
    } else {
        Err(ConnectError::UnknownScheme)
    }
}

/// A database in memory: one connection, or each would have a database of its own.
pub(crate) async fn in_memory() -> Result<Connections, ConnectError> {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).min_connections(1).acquire_timeout(ACQUIRE).sqlx_logging(false);
    options.idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
    options.map_sqlx_sqlite_opts(|options| options.foreign_keys(true));
    let only = Database::connect(options).await?;
    Ok(Connections { writer: only.clone(), reader: only })
}

/// A pooled connection may come back with a transaction still open, where a request's future was dropped while it began or ended.
/// The next user of it would then commit nothing. So a connection that has one is thrown away. The pool has waited for it when
/// it was released, so what it says of itself is true, and nothing needs to be sent to a file.
fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).min_connections(1).acquire_timeout(ACQUIRE).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|options| {
        options
            .create_if_missing(true)
            .journal_mode(sqlite::SqliteJournalMode::Wal)
            .synchronous(sqlite::SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
    });
    options.test_before_acquire(false);
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
    });
    options
}

/// The same on PostgreSQL, whose `ROLLBACK` shows, too, that the server is still there.
fn postgres_options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(POSTGRES_POOL).min_connections(1).acquire_timeout(ACQUIRE).sqlx_logging(false);
    options.connect_timeout(ACQUIRE).statement_timeout(STATEMENT).test_before_acquire(false);
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.before_acquire(|connection, _| {
            Box::pin(async move { sea_orm::sqlx::query("ROLLBACK").execute(connection).await.map(|_| true) })
        })
    });
    options
}
