//! Word between the nodes of one PostgreSQL that an epoch was raised. It wakes; the epochs' rows stay the truth.

use async_trait::async_trait;
use guildhall_core::StoreError;
use guildhall_kernel::Listener;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement,
    sqlx::postgres::{PgListener, PgPool},
};
use uuid::Uuid;

use crate::error::store_error;

/// The channel on which raised epochs are told.
const CHANNEL: &str = "guildhall_epoch";

/// Tells the other nodes, once the transaction commits. SQLite has one node.
pub(crate) async fn tell(transaction: &DatabaseTransaction, scope: Uuid) -> Result<(), StoreError> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let values = [CHANNEL.into(), scope.to_string().into()];
        let tell = Statement::from_sql_and_values(DbBackend::Postgres, "select pg_notify($1, $2)", values);
        transaction.execute_raw(tell).await.map_err(store_error)?;
    }
    Ok(())
}

/// Listens on a connection of the pool, which it keeps.
pub(crate) async fn listen(connection: &DatabaseConnection) -> Result<Box<dyn Listener>, StoreError> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(Box::new(Silence));
    }
    let pool: &PgPool = connection.get_postgres_connection_pool();
    let mut listener = PgListener::connect_with(pool).await.map_err(|error| unavailable(&error))?;
    listener.listen(CHANNEL).await.map_err(|error| unavailable(&error))?;
    Ok(Box::new(Channel(listener)))
}

struct Channel(PgListener);

#[async_trait]
impl Listener for Channel {
    /// Nothing received says that the connection was lost and is there again: something may have been missed.
    async fn heard(&mut self) -> Result<(), StoreError> {
        self.0.try_recv().await.map(drop).map_err(|error| unavailable(&error))
    }
}

/// Nobody else writes to the database.
struct Silence;

#[async_trait]
impl Listener for Silence {
    async fn heard(&mut self) -> Result<(), StoreError> {
        std::future::pending().await
    }
}

fn unavailable(error: &sea_orm::sqlx::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}
