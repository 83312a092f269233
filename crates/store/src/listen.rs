//! Word between the nodes of one PostgreSQL that an epoch was raised or a log has grown. It wakes; the rows stay the truth.

use async_trait::async_trait;
use guildhall_core::{StoreError, WorkspaceId};
use guildhall_kernel::{Heard, Listener};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement,
    sqlx::postgres::{PgListener, PgNotification, PgPool},
};
use uuid::Uuid;

use crate::{error::store_error, repository::scope_of};

/// The channel on which raised epochs are told.
const RAISED: &str = "guildhall_epoch";
/// The channel on which grown logs are told.
const GROWN: &str = "guildhall_log";
/// How many ids fit into one word of PostgreSQL, which has less than 8,000 bytes.
const TOGETHER: usize = 200;

/// Tells the other nodes, once the transaction commits. SQLite has one node.
pub(crate) async fn tell(transaction: &DatabaseTransaction, scope: Uuid) -> Result<(), StoreError> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        notify(transaction, RAISED, scope.to_string()).await?;
    }
    Ok(())
}

/// Tells all nodes whose logs have grown.
pub(crate) async fn tell_grown(
    connection: &DatabaseConnection,
    grown: &[WorkspaceId],
) -> Result<(), StoreError> {
    if connection.get_database_backend() == DbBackend::Postgres {
        for some in grown.chunks(TOGETHER) {
            let ids: Vec<_> = some.iter().map(ToString::to_string).collect();
            notify(connection, GROWN, ids.join(",")).await?;
        }
    }
    Ok(())
}

async fn notify(on: &impl ConnectionTrait, channel: &str, word: String) -> Result<(), StoreError> {
    let values = [channel.into(), word.into()];
    let tell = Statement::from_sql_and_values(DbBackend::Postgres, "select pg_notify($1, $2)", values);
    on.execute_raw(tell).await.map_err(store_error)?;
    Ok(())
}

/// Listens on a connection of the pool, which it keeps.
pub(crate) async fn listen(connection: &DatabaseConnection) -> Result<Box<dyn Listener>, StoreError> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(Box::new(Silence));
    }
    let pool: &PgPool = connection.get_postgres_connection_pool();
    let mut listener = PgListener::connect_with(pool).await.map_err(|error| unavailable(&error))?;
    listener.listen_all([RAISED, GROWN]).await.map_err(|error| unavailable(&error))?;
    Ok(Box::new(Channel(listener)))
}

struct Channel(PgListener);

#[async_trait]
impl Listener for Channel {
    /// Nothing received says that the connection was lost and is there again: something may have been missed.
    async fn heard(&mut self) -> Result<Heard, StoreError> {
        let word = self.0.try_recv().await.map_err(|error| unavailable(&error))?;
        Ok(word.map_or(Heard::Anything, |word| meaning(&word)))
    }
}

fn meaning(word: &PgNotification) -> Heard {
    let mut ids = word.payload().split(',').filter_map(|id| id.parse().ok());
    match word.channel() {
        GROWN => Heard::Grown(ids.map(WorkspaceId::new).collect()),
        _ => ids.next().map_or(Heard::Anything, |id| Heard::Raised(scope_of(id))),
    }
}

/// Nobody else writes to the database.
struct Silence;

#[async_trait]
impl Listener for Silence {
    async fn heard(&mut self) -> Result<Heard, StoreError> {
        std::future::pending().await
    }
}

fn unavailable(error: &sea_orm::sqlx::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}
