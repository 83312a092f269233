//! The database: opens units of work.

use async_trait::async_trait;
use guildhall_core::{Access, Scope, StoreError, WorkspaceId};
use guildhall_kernel::{Database, Entrance, Listener, NamedSession, UnitOfWork};
use guildhall_tenancy::WorkspacePrefix;
use sea_orm::{DatabaseConnection, DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait};

use crate::{
    ConnectError, MigrateError, SeaUnitOfWork,
    connect::{self, Connections},
    error::store_error,
    listen, migration,
    repository::entrances,
};

/// SQLite or PostgreSQL, by SeaORM.
pub struct SeaDatabase {
    connections: Connections,
    #[cfg(feature = "testing")]
    unfiltered: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl SeaDatabase {
    /// Opens the database of a `sqlite:` or `postgres:` URL. It migrates nothing.
    ///
    /// # Errors
    /// [`ConnectError`] where it does not open.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        Ok(Self::of(connect::connect(url).await?))
    }

    /// A migrated database in memory, for tests and for embedding. It is gone with the value.
    ///
    /// # Errors
    /// [`MigrateError`] where it can't be made.
    pub async fn in_memory() -> Result<Self, MigrateError> {
        let connections = connect::in_memory().await?;
        migration::run_on_sqlite(&connections.writer).await?;
        Ok(Self::of(connections))
    }

    fn of(connections: Connections) -> Self {
        Self {
            connections,
            #[cfg(feature = "testing")]
            unfiltered: std::sync::Arc::default(),
        }
    }

    /// The connection that writes, for migrations and for looking at the catalogue.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connections.writer
    }

    /// The connections that read: those that write, too, on PostgreSQL.
    pub fn reading_connection(&self) -> &DatabaseConnection {
        &self.connections.reader
    }

    /// Breaks one wall of the isolation while it is set: statements then no longer name the workspace.
    #[cfg(feature = "testing")]
    pub fn filter_switch(&self) -> std::sync::Arc<std::sync::atomic::AtomicBool> {
        self.unfiltered.clone()
    }

    /// Calls back with the text of each statement, its parameters in it.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn with_tap(mut self, tap: impl Fn(&str) + Send + Sync + 'static) -> Self {
        let tap = std::sync::Arc::new(tap);
        for connection in [&mut self.connections.writer, &mut self.connections.reader] {
            let tap = tap.clone();
            connection.set_metric_callback(move |info| tap(&info.statement.to_string()));
        }
        self
    }
}

#[async_trait]
impl Database for SeaDatabase {
    async fn begin(&self, scope: Scope, access: Access) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let (connection, mode) = match access {
            Access::Write => (&self.connections.writer, SqliteTransactionMode::Immediate),
            Access::Read => (&self.connections.reader, SqliteTransactionMode::Deferred),
        };
        let postgres = connection.get_database_backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            sqlite_transaction_mode: (!postgres).then_some(mode),
            ..TransactionOptions::default()
        };
        let transaction = connection.begin_with_options(options).await.map_err(store_error)?;
        let unit = SeaUnitOfWork::bind(transaction, scope, access).await?;
        #[cfg(feature = "testing")]
        let unit = if self.unfiltered.load(std::sync::atomic::Ordering::SeqCst) {
            unit.without_filter()
        } else {
            unit
        };
        Ok(Box::new(unit))
    }

    async fn find_entrance(
        &self,
        prefix: Option<&WorkspacePrefix>,
        session: Option<NamedSession<'_>>,
    ) -> Result<Entrance, StoreError> {
        entrances::find_entrance(&self.connections.reader, prefix, session).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.connections.reader.ping().await.map_err(store_error)
    }

    async fn listen(&self) -> Result<Box<dyn Listener>, StoreError> {
        listen::listen(&self.connections.writer).await
    }

    async fn tell(&self, grown: &[WorkspaceId]) -> Result<(), StoreError> {
        listen::tell_grown(&self.connections.writer, grown).await
    }
}
