//! Migrations: append-only, one file for each change. A file holds the tables with their keys, indexes and security.

#![expect(
    elided_lifetimes_in_paths,
    reason = "`up` is spelled as its trait spells it, or the lifetimes differ"
)]

mod dialect;
mod m0001_platform;
mod m0002_log;
mod m0003_service_accounts;
mod m0004_tenancy;
mod m0005_grants;
mod m0006_products;
mod m0007_orchestration;
mod m0008_branches;
mod m0009_access;
mod m0010_meta_roles;
mod m0011_platform_acts;
mod m0012_user_tokens;
mod m0013_api_keys;
mod m0014_mail;
mod m0015_artifacts;
mod m0016_templates;
mod m0017_search;
mod m0018_gating;
mod m0019_work;
mod m0020_card_history;
mod m0021_current_phase;

use std::time::{Duration, Instant};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait as _,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use thiserror::Error;

use crate::{ConnectError, SeaDatabase, error::is_busy};

/// The number that nodes lock while one of them migrates.
const LOCK: i64 = 0x6775_696c_6468_616c;
/// How long a node goes without trying again while another one migrates.
const WAIT: Duration = Duration::from_millis(50);
/// How long a node waits for another one before it says so.
const SILENCE: Duration = Duration::from_secs(1);
/// How long a node waits for another one on PostgreSQL: 5 minutes.
const PATIENCE: Duration = Duration::from_secs(300);
/// How often it tries on SQLite, where each try waits for the writer's lock too.
const WAITS: usize = 30;

/// Why a database could not be migrated.
#[derive(Debug, Error)]
pub enum MigrateError {
    /// It does not open.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// A migration failed; what came before it stands.
    #[error("the database can't be migrated: {0}")]
    Database(#[from] DbErr),
    /// On PostgreSQL: somebody else has held the lock that migrations run under for too long.
    #[error(
        "another process has held the lock for migrations for {0} seconds; see which one: SELECT pid, application_name, state, \
         query FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted;"
    )]
    Locked(u64),
    /// The name of the service role would not be safe in a statement.
    #[error("`{0}` is no name for a role: use lower-case letters, digits and underscores")]
    RoleName(String),
    /// The service role is not there.
    #[error("the role `{0}` does not exist; create it: CREATE ROLE {0} LOGIN PASSWORD '...' NOBYPASSRLS;")]
    RoleMissing(String),
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_platform::Migration),
            Box::new(m0002_log::Migration),
            Box::new(m0003_service_accounts::Migration),
            Box::new(m0004_tenancy::Migration),
            Box::new(m0005_grants::Migration),
            Box::new(m0006_products::Migration),
            Box::new(m0007_orchestration::Migration),
            Box::new(m0008_branches::Migration),
            Box::new(m0009_access::Migration),
            Box::new(m0010_meta_roles::Migration),
            Box::new(m0011_platform_acts::Migration),
            Box::new(m0012_user_tokens::Migration),
            Box::new(m0013_api_keys::Migration),
            Box::new(m0014_mail::Migration),
            Box::new(m0015_artifacts::Migration),
            Box::new(m0016_templates::Migration),
            Box::new(m0017_search::Migration),
            Box::new(m0018_gating::Migration),
            Box::new(m0019_work::Migration),
            Box::new(m0020_card_history::Migration),
            Box::new(m0021_current_phase::Migration),
        ]
    }
}

/// Brings the database of a URL to the newest form, as the owner of its tables. On PostgreSQL it lets `service_role` read and
/// write them. Any number of nodes may do so at once; each migration runs once.
///
/// # Errors
/// [`MigrateError`]; a migration that failed has changed nothing.
pub async fn migrate(url: &str, service_role: Option<&str>) -> Result<(), MigrateError> {
    let database = SeaDatabase::connect(url).await?;
    let connection = database.connection();
    if connection.get_database_backend() == DbBackend::Postgres {
        run_on_postgres(connection, service_role, PATIENCE).await
    } else {
        Ok(run_on_sqlite(connection).await?)
    }
}

/// How many migrations the database lacks.
///
/// # Errors
/// [`DbErr`] where the database does not say.
pub async fn pending(database: &SeaDatabase) -> Result<usize, DbErr> {
    let connection = database.connection();
    let applied = match connection.get_database_backend() {
        DbBackend::Postgres => {
            count(connection, "select count(*) as n from pg_tables where tablename = 'seaql_migrations'")
                .await?
        }
        _ => {
            count(connection, "select count(*) as n from sqlite_master where name = 'seaql_migrations'")
                .await?
        }
    };
    if applied == 0 {
        return Ok(Migrator::migrations().len());
    }
    let applied = count(connection, "select count(*) as n from seaql_migrations").await?;
    Ok(Migrator::migrations().len().saturating_sub(usize::try_from(applied).unwrap_or_default()))
}

async fn count(connection: &DatabaseConnection, sql: &str) -> Result<i64, DbErr> {
    let row =
        connection.query_one_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    row.map_or(Ok(0), |row| row.try_get("", "n"))
}

/// Runs what is missing in one transaction, which has the only writer's lock from its beginning: who comes second finds all
/// done. He waits longer than a request would.
pub(crate) async fn run_on_sqlite(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let mode = Some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
    let mut waits = 0;
    let transaction = loop {
        match connection.begin_with_options(options).await {
            Ok(transaction) => break transaction,
            Err(error) if waits == WAITS || !is_busy(&error) => return Err(error),
            Err(_) => waits += 1,
        }
        tokio::time::sleep(WAIT).await;
    };
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}

/// Runs what is missing, and grants, under an advisory lock, which is tried for and never waited in: a blocking lock can
/// hang against an index that is built concurrently.
async fn run_on_postgres(
    connection: &DatabaseConnection,
    service_role: Option<&str>,
    patience: Duration,
) -> Result<(), MigrateError> {
    let holder = connection.begin().await?;
    lock(&holder, patience).await?;
    Migrator::up(connection, None).await?;
    if let Some(role) = service_role {
        grant(connection, role).await?;
    }
    Ok(holder.commit().await?)
}

/// Takes the lock for as long as the transaction lasts.
async fn lock(holder: &DatabaseTransaction, patience: Duration) -> Result<(), MigrateError> {
    let attempt = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "select pg_try_advisory_xact_lock($1) as locked",
        [LOCK.into()],
    );
    let (begun, mut silent) = (Instant::now(), true);
    loop {
        let row = holder.query_one_raw(attempt.clone()).await?;
        if row.map_or(Ok(false), |row| row.try_get::<bool>("", "locked"))? {
            return Ok(());
        }
        if begun.elapsed() >= patience {
            return Err(MigrateError::Locked(patience.as_secs()));
        }
        if silent && begun.elapsed() >= SILENCE {
            tracing::info!("another process migrates this database; waiting for it");
            silent = false;
        }
        tokio::time::sleep(WAIT).await;
    }
}

async fn grant(connection: &DatabaseConnection, role: &str) -> Result<(), MigrateError> {
    let safe =
        !role.is_empty() && role.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !safe {
        return Err(MigrateError::RoleName(role.to_owned()));
    }
    let known = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "select count(*) as n from pg_roles where rolname = $1",
        [role.into()],
    );
    let known: i64 = connection.query_one_raw(known).await?.map_or(Ok(0), |row| row.try_get("", "n"))?;
    if known == 0 {
        return Err(MigrateError::RoleMissing(role.to_owned()));
    }
    let grants = format!(
        "grant usage on schema public to {role};
         grant select, insert, update, delete on all tables in schema public to {role};
         revoke insert, update, delete on seaql_migrations from {role};"
    );
    connection.execute_unprepared(&grants).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use guildhall_testkit::postgres;

    use super::*;

    #[tokio::test]
    async fn who_waits_for_the_lock_in_vain_says_how_to_find_who_holds_it() {
        let empty = postgres::database_from("empty", async |_, _| Ok(())).await.unwrap();
        let [holding, waiting] = [
            SeaDatabase::connect(&empty.owner_url).await.unwrap(),
            SeaDatabase::connect(&empty.owner_url).await.unwrap(),
        ];
        let holder = holding.connection().begin().await.unwrap();
        lock(&holder, PATIENCE).await.unwrap();

        let refused = run_on_postgres(waiting.connection(), None, WAIT).await.unwrap_err();
        holder.rollback().await.unwrap();
        let later = run_on_postgres(waiting.connection(), None, PATIENCE).await;

        assert!(refused.to_string().contains("FROM pg_locks"), "{refused}");
        assert!(later.is_ok(), "{later:?}");
    }

    #[tokio::test]
    async fn a_sqlite_database_that_is_not_busy_is_not_tried_again() {
        let gone = SeaDatabase::in_memory().await.unwrap();
        gone.connection().clone().close().await.unwrap();

        // Trying again would take longer than that.
        let limit = WAIT * u32::try_from(WAITS).unwrap() / 2;
        let refused = tokio::time::timeout(limit, run_on_sqlite(gone.connection())).await.unwrap();

        assert!(refused.is_err());
    }
}
