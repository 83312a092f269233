//! The product catalogue's ports.

mod catalogue;
mod launches;
mod offers;
mod roles;
mod sharing;

use guildhall_core::{Access, Level, NodeId, Scope, SessionId, UserId, WorkspaceId, testing::SequentialIds};
use guildhall_identity::Session;
use guildhall_kernel::UnitOfWork;
use guildhall_products::{
    Product, ProductVersion,
    testing::{self, at, id, parsed, workspace},
};
use guildhall_tenancy::{Node, Workspace};
use guildhall_testkit::Stack;

use crate::support::{TestStore, user};

const SYSTEM: WorkspaceId = WorkspaceId::SYSTEM;

/// A database with the workspaces 1 and 2 and a user who is signed in.
struct World {
    store: TestStore,
}

impl World {
    async fn new(on: Stack) -> Self {
        let world = Self { store: TestStore::new(on).await };
        let ids = SequentialIds::default();
        world
            .write(SYSTEM, async |unit| {
                for (n, prefix) in [(1, "first"), (2, "second")] {
                    let made = guildhall_tenancy::testing::workspace(&ids, prefix);
                    unit.workspaces().insert(&Workspace { id: workspace(n), ..made }).await.unwrap();
                }
                unit.users().insert(&user(user_id(), parsed("user@example.test"))).await.unwrap();
                unit.sessions().insert(&session()).await.unwrap();
            })
            .await;
        world
    }

    /// What one unit of work answers, which is then committed.
    async fn write<T>(&self, space: WorkspaceId, act: impl AsyncFnOnce(&dyn UnitOfWork) -> T) -> T {
        let unit = self.store.write(Scope::of(space)).await;
        let answer = act(&*unit).await;
        unit.commit().await.unwrap();
        answer
    }

    /// What one unit of work reads.
    async fn read<T>(&self, space: WorkspaceId, act: impl AsyncFnOnce(&dyn UnitOfWork) -> T) -> T {
        let unit = self.store.begin(Scope::of(space), Access::Read).await;
        act(&*unit).await
    }

    /// What one unit of work answers that may write, of which nothing stays.
    async fn attempt<T>(&self, space: WorkspaceId, act: impl AsyncFnOnce(&dyn UnitOfWork) -> T) -> T {
        let unit = self.store.write(Scope::of(space)).await;
        act(&*unit).await
    }

    /// A space with product 1 and a version of it.
    async fn with_product(on: Stack, space: WorkspaceId) -> (Self, Product, ProductVersion) {
        let world = Self::new(on).await;
        let product = testing::product(1, space);
        let version = ProductVersion { home: space, ..testing::published(1) };
        world.put(&product, &version).await;
        (world, product, version)
    }

    async fn put(&self, product: &Product, version: &ProductVersion) {
        self.write(product.home, async |unit| {
            unit.products().insert(product).await.unwrap();
            unit.product_versions().insert(version).await.unwrap();
        })
        .await;
    }

    async fn node(&self, space: WorkspaceId) -> NodeId {
        let node = guildhall_tenancy::testing::node(&SequentialIds::default(), Level::Client, None);
        let node = Node { id: id(0x700), ..node };
        self.write(space, async |unit| unit.hierarchy().insert(&node).await.unwrap()).await;
        node.id
    }
}

fn user_id() -> UserId {
    UserId::new(testing::launch(1).user_id.uuid())
}

fn session() -> Session {
    Session {
        id: SessionId::new(testing::launch(1).session_id.uuid()),
        user_id: user_id(),
        workspace_id: Some(id(0xA001)),
        secret_hash: None,
        created_at: at(0),
        expires_at: at(3_600),
        ended_at: None,
    }
}
