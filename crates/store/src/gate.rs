//! The start-up gate: on PostgreSQL nothing is served unless row level security stands and binds whoever serves.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use thiserror::Error;

use crate::{SHARED_TABLES, SeaDatabase, WORKSPACE_TABLES};

/// Why nothing may be served from this database.
#[derive(Debug, Error)]
pub enum GateError {
    /// The role is not bound by row level security.
    #[error(
        "the database role `{role}` {fault}: `serve` needs a role that owns no table, made by CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS"
    )]
    Role {
        /// The role that connected.
        role: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A workspace's table is not walled in.
    #[error("row level security is not forced on the table `{0}`: run `guildhall migrate` as the owner")]
    Unforced(String),
    /// A table that the platform does not know could be read from everywhere.
    #[error("the table `{0}` is in no list of the platform's tables")]
    Unknown(String),
    /// The catalogue is not readable.
    #[error("the database does not say how it is secured: {0}")]
    Database(#[from] DbErr),
}

/// Refuses a role that bypasses row level security, and a database with one table that lacks it. SQLite has neither; it passes.
///
/// # Errors
/// [`GateError`], naming the fault.
pub async fn check(database: &SeaDatabase) -> Result<(), GateError> {
    let connection = database.connection();
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    check_role(connection).await?;
    check_tables(connection).await
}

async fn check_role(connection: &DatabaseConnection) -> Result<(), GateError> {
    let sql = "select r.rolname as role, r.rolsuper as super, r.rolbypassrls as bypass, exists (
                   select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                   where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'member')
               ) as owner
               from pg_roles r where r.rolname = current_user";
    let row = connection.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let row = row.ok_or_else(|| DbErr::Custom("the role is not in the catalogue".to_owned()))?;
    let role: String = row.try_get("", "role")?;
    let faults = [
        ("super", "is a superuser, whom row level security does not bind"),
        ("bypass", "has BYPASSRLS, so row level security does not bind it"),
        ("owner", "owns the tables, or may act as their owner"),
    ];
    for (column, fault) in faults {
        if row.try_get::<bool>("", column)? {
            return Err(GateError::Role { role, fault });
        }
    }
    Ok(())
}

async fn check_tables(connection: &DatabaseConnection) -> Result<(), GateError> {
    let sql = "select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced
               from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') order by c.relname";
    let rows = connection.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    for row in rows {
        let name: String = row.try_get("", "name")?;
        let scoped = WORKSPACE_TABLES.contains(&name.as_str()) || SHARED_TABLES.contains(&name.as_str());
        let known = scoped || crate::PLATFORM_TABLES.contains(&name.as_str()) || name == "seaql_migrations";
        if !known {
            return Err(GateError::Unknown(name));
        }
        if scoped && !row.try_get::<bool>("", "forced")? {
            return Err(GateError::Unforced(name));
        }
    }
    Ok(())
}
