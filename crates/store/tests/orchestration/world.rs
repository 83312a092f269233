//! Two workspaces with users, a node in the first, and a product of the System.

use guildhall_core::{Level, NodeId, Scope, WorkspaceId, testing::SequentialIds};
use guildhall_kernel::UnitOfWork;
use guildhall_orchestration::{
    ProjectMember, ProjectRole,
    testing::{application, member, project, user_id},
};
use guildhall_products::{Product, ProductVersion, testing as products};
use guildhall_tenancy::{Member, Node, WorkspaceRole, testing as tenancy};
use guildhall_testkit::Stack;

use crate::support::{TestStore, parsed, user};

/// A database, and where its two workspaces are. Users 1 to 3 are members of the first, users 1 and 4 of the second.
pub(super) struct World {
    store: TestStore,
    pub(super) here: WorkspaceId,
    pub(super) there: WorkspaceId,
    /// A node of the first workspace.
    pub(super) node: NodeId,
}

impl World {
    pub(super) async fn new(on: Stack) -> Self {
        let ids = SequentialIds::default();
        let workspaces = ["here", "there"].map(|prefix| tenancy::workspace(&ids, prefix));
        let [here, there] = workspaces.each_ref().map(|workspace| workspace.id);
        let node: Node = tenancy::node(&ids, Level::Client, None);
        let world = Self { store: TestStore::new(on).await, here, there, node: node.id };

        let platform = world.write(Scope::Platform).await;
        for workspace in &workspaces {
            platform.workspaces().insert(workspace).await.unwrap();
        }
        for number in 1..=4 {
            let email = parsed(&format!("user{number}@example.test"));
            platform.users().insert(&user(user_id(number), email)).await.unwrap();
        }
        platform.commit().await.unwrap();

        world.add_product().await;
        world.add_members(here, [1, 2, 3]).await;
        world.add_members(there, [1, 4]).await;
        let unit = world.open().await;
        unit.hierarchy().insert(&node).await.unwrap();
        unit.commit().await.unwrap();
        world
    }

    /// The world with project 1 in the first workspace; users 1 and 2 are its members.
    pub(super) async fn with_project(on: Stack) -> Self {
        let world = Self::new(on).await;
        let unit = world.open().await;
        unit.projects().insert(&project(1)).await.unwrap();
        for owner in [1, 2] {
            unit.project_members().insert(&member(owner, ProjectRole::Owner)).await.unwrap();
        }
        unit.commit().await.unwrap();
        world
    }

    /// A unit of work of the first workspace.
    pub(super) async fn open(&self) -> Box<dyn UnitOfWork> {
        self.write(Scope::Workspace(self.here)).await
    }

    /// A unit of work of that scope.
    pub(super) async fn write(&self, scope: Scope) -> Box<dyn UnitOfWork> {
        self.store.write(scope).await
    }

    async fn add_members(&self, workspace: WorkspaceId, users: impl IntoIterator<Item = u32>) {
        let unit = self.write(Scope::Workspace(workspace)).await;
        for number in users {
            let any = tenancy::member(&SequentialIds::default(), WorkspaceRole::Internal);
            unit.workspace_members().insert(&Member { user_id: user_id(number), ..any }).await.unwrap();
        }
        unit.commit().await.unwrap();
    }

    async fn add_product(&self) {
        let used = application(1);
        let system = self.write(Scope::System).await;
        let product = Product { id: used.product_id, ..products::product(1, WorkspaceId::SYSTEM) };
        system.products().insert(&product).await.unwrap();
        let version = ProductVersion {
            id: used.product_version_id,
            product_id: used.product_id,
            home: WorkspaceId::SYSTEM,
            ..products::published(1)
        };
        system.product_versions().insert(&version).await.unwrap();
        system.commit().await.unwrap();
    }
}

/// An owner's part in project 1.
pub(super) fn owner(number: u32) -> ProjectMember {
    member(number, ProjectRole::Owner)
}
