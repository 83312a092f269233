//! Two workspaces, and users who are members of neither.

use std::{fmt::Debug, str::FromStr};

use guildhall_core::{
    Access, IdGenerator as _, PageRequest, RowVersion, Scope, StoreError, UserId, testing::SequentialIds,
};
use guildhall_identity::{Profile, User};
use guildhall_kernel::{Database as _, UnitOfWork};
use guildhall_store::SeaDatabase;
use guildhall_tenancy::{Invitation, Member, Workspace, WorkspaceRole, testing};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

/// A database with two workspaces and three users.
pub(crate) struct World {
    database: SeaDatabase,
    pub(crate) ids: SequentialIds,
    pub(crate) here: Workspace,
    pub(crate) there: Workspace,
    /// In ascending order.
    pub(crate) users: [UserId; 3],
}

impl World {
    pub(crate) async fn new() -> Self {
        let database = SeaDatabase::in_memory().await.unwrap();
        let ids = SequentialIds::default();
        let here = testing::workspace(&ids, "here");
        let there = testing::workspace(&ids, "there");
        let users = [(); 3].map(|()| UserId::new(ids.uuid()));
        let world = Self { database, ids, here, there, users };
        let platform = world.begin(Scope::Platform).await;
        for workspace in [&world.here, &world.there] {
            platform.workspaces().insert(workspace).await.unwrap();
        }
        for id in world.users {
            platform.users().insert(&user(id)).await.unwrap();
        }
        platform.commit().await.unwrap();
        world
    }

    /// A unit of work of that scope.
    pub(crate) async fn begin(&self, scope: Scope) -> Box<dyn UnitOfWork> {
        self.database.begin(scope, Access::Write).await.unwrap()
    }

    /// A unit of work of the first workspace.
    pub(crate) async fn open(&self) -> Box<dyn UnitOfWork> {
        self.begin(Scope::Workspace(self.here.id)).await
    }

    /// A unit of work of the second workspace.
    pub(crate) async fn open_other(&self) -> Box<dyn UnitOfWork> {
        self.begin(Scope::Workspace(self.there.id)).await
    }

    /// An active member with that role, who is one of the users.
    pub(super) fn member(&self, user: usize, role: WorkspaceRole) -> Member {
        Member { user_id: *self.users.get(user).unwrap(), ..testing::member(&self.ids, role) }
    }

    /// Runs a statement that knows of no scope.
    pub(crate) async fn execute(&self, sql: &str) {
        self.database.connection().execute_unprepared(sql).await.unwrap();
    }

    /// What one column of a query answers, row by row.
    pub(crate) async fn query(&self, sql: &str) -> Vec<String> {
        let rows =
            self.database.connection().query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await;
        rows.unwrap().iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// A pending invitation of that address by the first user.
    pub(super) fn invitation(&self, email: &str) -> Invitation {
        Invitation { invited_by: self.users[0], ..testing::invitation(&self.ids, email) }
    }
}

fn user(id: UserId) -> User {
    User {
        id,
        email: parsed(&format!("{id}@example.test")),
        profile: Profile::named(parsed("Test"), parsed("User")),
        active: true,
        verified: true,
        created_at: parsed("2026-01-01T00:00:00Z"),
        version: RowVersion::FIRST,
    }
}

/// A page of so many rows after that one.
pub(super) fn page(limit: usize, after: Option<String>) -> PageRequest {
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
