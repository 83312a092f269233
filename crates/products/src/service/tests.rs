mod availability;
mod launches;
mod mapping;
mod versions;

use guildhall_core::{
    WorkspaceId,
    testing::{FixedClock, SequentialIds},
};

use crate::{
    Product, ProductVersion, Products, ProductsError, ProductsStore, RoleDefinition, UpdateProduct,
    testing::{self, MemoryStore, MockStore, TestRules, workspace},
};

/// One space with everything that its catalogue is given.
struct World {
    store: MemoryStore,
    clock: FixedClock,
    ids: SequentialIds,
    rules: TestRules,
    space: WorkspaceId,
}

impl World {
    fn of(space: WorkspaceId) -> Self {
        Self {
            store: MemoryStore::default(),
            clock: FixedClock::default(),
            ids: SequentialIds::default(),
            rules: TestRules::default(),
            space,
        }
    }

    fn products(&self) -> Products<'_> {
        Products::new(&self.store, self.space, &self.clock, &self.ids)
    }

    async fn product(&self) -> Product {
        self.products().create_product(testing::create_product()).await.unwrap()
    }

    async fn draft(&self, product: &Product, roles: Vec<RoleDefinition>) -> ProductVersion {
        let command = testing::create_version(roles);
        self.products().create_version(product, command, self.rules.rules()).await.unwrap()
    }

    async fn published(&self, product: &Product, roles: Vec<RoleDefinition>) -> ProductVersion {
        let draft = self.draft(product, roles).await;
        self.products().publish(product, &draft, self.rules.rules()).await.unwrap()
    }

    /// Puts in what another space has made.
    async fn shared(&self, product: &Product, version: &ProductVersion) {
        self.store.products().insert(product).await.unwrap();
        self.store.product_versions().insert(version).await.unwrap();
    }
}

#[tokio::test]
async fn a_product_lives_in_the_space_that_registers_it() {
    let world = World::of(workspace(1));

    let product = world.product().await;

    assert_eq!(product.home, workspace(1));
    assert_eq!(world.store.products().find(product.id).await.unwrap(), Some(product));
}

#[tokio::test]
async fn a_patch_leaves_alone_what_it_does_not_name() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let patch = UpdateProduct { owner: Some(Some(testing::parsed("Studio"))), ..UpdateProduct::default() };
    let owned = world.products().update_product(&product, patch).await.unwrap();

    let patch = UpdateProduct { owner: Some(None), ..UpdateProduct::default() };
    let changed = world.products().update_product(&owned, patch).await.unwrap();

    assert_eq!((changed.name.clone(), changed.owner.clone()), (product.name, None));
    assert_eq!(world.store.products().find(product.id).await.unwrap(), Some(changed));
}

#[tokio::test]
async fn a_workspace_does_not_change_what_the_system_space_shares() {
    let store = MockStore::default();
    let (clock, ids) = (FixedClock::default(), SequentialIds::default());
    let products = Products::new(&store, workspace(1), &clock, &ids);

    let refused =
        products.update_product(&testing::product(1, WorkspaceId::SYSTEM), UpdateProduct::default()).await;

    assert_eq!(refused, Err(ProductsError::Elsewhere));
}
