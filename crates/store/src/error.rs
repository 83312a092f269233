//! What the database says, in the words of the ports.

use guildhall_core::{StoreError, ValueError};
use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};

/// PostgreSQL's codes for what another try may solve: serialization failure, deadlock, statement timeout, lock
/// timeout, shutdown (PostgreSQL, Appendix A).
const PASSING: [&str; 6] = ["40001", "40P01", "57014", "55P03", "57P01", "53300"];

/// SQLite's code for a database that somebody else holds (sqlite.org/rescode.html, `SQLITE_BUSY` and its kin).
const BUSY: [&str; 4] = ["5", "261", "517", "6"];

/// Sorts an error of the database.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
pub(crate) fn store_error(error: DbErr) -> StoreError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(what)) => return StoreError::Conflict(what),
        Some(SqlErr::ForeignKeyConstraintViolation(what)) => return StoreError::Conflict(what),
        Some(_) | None => {}
    }
    match &error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => StoreError::Unavailable(error.to_string()),
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))
            if is_passing(cause) =>
        {
            StoreError::Unavailable(error.to_string())
        }
        _ => StoreError::Backend(error.to_string()),
    }
}

fn is_passing(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(said) => {
            said.code().is_some_and(|code| PASSING.contains(&code.as_ref()) || BUSY.contains(&code.as_ref()))
        }
        _ => false,
    }
}

/// Whether SQLite says that somebody else holds the database.
pub(crate) fn is_busy(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    let said = cause.as_database_error();
    said.is_some_and(|said| said.code().is_some_and(|code| BUSY.contains(&code.as_ref())))
}

/// A stored value that its type refuses.
pub(crate) fn corrupt(what: &'static str) -> impl Fn(ValueError) -> StoreError {
    move |error| StoreError::Corrupt(format!("{what}: {error}"))
}
