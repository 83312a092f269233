//! A migrated database for one test: a SQLite file, or a PostgreSQL database as the service role under row level security.

use std::{fmt::Debug, pin::Pin, str::FromStr, time::Duration};

use guildhall_core::{Access, Email, PageRequest, RowVersion, Scope, StoreError, UserId};
use guildhall_identity::{Profile, User};
use guildhall_kernel::{Database as _, Entrance, NamedSession, UnitOfWork};
use guildhall_store::SeaDatabase;
use guildhall_tenancy::WorkspacePrefix;
use guildhall_testkit::{Kept, Stack, Walls, open_database};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};

/// A database of its own, gone with the value.
pub(crate) struct TestStore {
    database: SeaDatabase,
    kept: Kept,
}

impl TestStore {
    pub(crate) async fn new(on: Stack) -> Self {
        let (database, kept) = open_database(on, Walls::Both).await.unwrap();
        Self { database, kept }
    }

    /// A unit of work.
    pub(crate) async fn begin(&self, scope: Scope, access: Access) -> Box<dyn UnitOfWork> {
        self.try_begin(scope, access).await.unwrap()
    }

    /// A unit of work, where there is one to have.
    pub(crate) async fn try_begin(
        &self,
        scope: Scope,
        access: Access,
    ) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.database.begin(scope, access).await
    }

    /// What a request is let in by.
    pub(crate) async fn entrance(
        &self,
        prefix: Option<&WorkspacePrefix>,
        session: impl Into<Option<NamedSession<'_>>>,
    ) -> Entrance {
        self.database.find_entrance(prefix, session.into()).await.unwrap()
    }

    /// A unit of work that writes.
    pub(crate) async fn write(&self, scope: Scope) -> Box<dyn UnitOfWork> {
        self.begin(scope, Access::Write).await
    }

    /// Runs a statement past every wall.
    pub(crate) async fn execute(&self, sql: &str) {
        self.admin().await.execute_unprepared(sql).await.unwrap();
    }

    /// A connection that row level security does not bind.
    async fn admin(&self) -> DatabaseConnection {
        match &self.kept {
            Kept::Postgres(made) => Database::connect(&made.admin_url).await.unwrap(),
            Kept::Folder(_) => self.database.connection().clone(),
        }
    }
}

/// Whether what has begun waits for another unit of work. On SQLite a unit waits before it begins, so its beginning is part of
/// what is asked about.
pub(crate) async fn waits<F: Future>(begun: Pin<&mut F>) -> bool {
    tokio::time::timeout(Duration::from_millis(100), begun).await.is_err()
}

/// An active user with that address.
pub(crate) fn user(id: UserId, email: Email) -> User {
    User {
        id,
        email,
        profile: Profile::named(parsed("Test"), parsed("User")),
        active: true,
        verified: true,
        created_at: parsed("2026-01-01T00:00:00Z"),
        version: RowVersion::FIRST,
    }
}

/// A page of so many rows after that one.
pub(crate) fn page(limit: usize, after: Option<String>) -> PageRequest {
    PageRequest { limit, after }
}

/// Reads a value that a test spells.
pub(crate) fn parsed<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// Whether the store refused a write that a uniqueness or reference rule forbids.
#[track_caller]
pub(crate) fn assert_conflict(end: &Result<(), StoreError>) {
    assert!(matches!(end, Err(StoreError::Conflict(_))), "{end:?}");
}
