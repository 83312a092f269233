//! Two workspaces, and users who are members of neither.

use guildhall_core::{Access, IdGenerator as _, Scope, UserId, testing::SequentialIds};
use guildhall_kernel::UnitOfWork;
use guildhall_tenancy::{Invitation, Member, Workspace, WorkspaceRole, testing};
use guildhall_testkit::Stack;

use crate::support::{TestStore, parsed, user};

/// A database with two workspaces and three users.
pub(crate) struct World {
    pub(crate) store: TestStore,
    pub(crate) ids: SequentialIds,
    pub(crate) here: Workspace,
    pub(crate) there: Workspace,
    /// In ascending order.
    pub(crate) users: [UserId; 3],
}

impl World {
    pub(crate) async fn new(on: Stack) -> Self {
        let ids = SequentialIds::default();
        let here = testing::workspace(&ids, "here");
        let there = testing::workspace(&ids, "there");
        let users = [(); 3].map(|()| UserId::new(ids.uuid()));
        let world = Self { store: TestStore::new(on).await, ids, here, there, users };
        let platform = world.begin(Scope::Platform).await;
        for workspace in [&world.here, &world.there] {
            platform.workspaces().insert(workspace).await.unwrap();
        }
        for id in world.users {
            platform.users().insert(&user(id, parsed(&format!("{id}@example.test")))).await.unwrap();
        }
        platform.commit().await.unwrap();
        world
    }

    /// A unit of work of that scope.
    pub(crate) async fn begin(&self, scope: Scope) -> Box<dyn UnitOfWork> {
        self.store.write(scope).await
    }

    /// A unit of work of that scope that reads alone.
    pub(crate) async fn read(&self, scope: Scope) -> Box<dyn UnitOfWork> {
        self.store.begin(scope, Access::Read).await
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
    pub(crate) fn member(&self, user: usize, role: WorkspaceRole) -> Member {
        Member { user_id: *self.users.get(user).unwrap(), ..testing::member(&self.ids, role) }
    }

    /// Runs a statement that knows of no scope.
    pub(crate) async fn execute(&self, sql: &str) {
        self.store.execute(sql).await;
    }

    /// A pending invitation of that address by the first user.
    pub(crate) fn invitation(&self, email: &str) -> Invitation {
        Invitation { invited_by: self.users[0], ..testing::invitation(&self.ids, email) }
    }
}
