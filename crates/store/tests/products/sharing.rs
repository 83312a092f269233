use guildhall_core::StoreError;
use guildhall_products::{
    Product, ProductVersion,
    testing::{self, id, parsed, workspace},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::{SYSTEM, World};

/// A space with product 1, a version, a role and its mapping.
async fn furnished(on: Stack, space: guildhall_core::WorkspaceId) -> (World, Product, ProductVersion) {
    let (world, product, version) = World::with_product(on, space).await;
    world
        .write(space, async |unit| {
            unit.product_roles().insert(&testing::product_role(1, "REVIEWER")).await.unwrap();
            let mapping = testing::mapping(1, "REVIEWER", &["PROJECT_OWNER"]);
            unit.product_mappings().replace(product.id, &[mapping]).await.unwrap();
        })
        .await;
    (world, product, version)
}

#[rstest]
#[tokio::test]
async fn every_workspace_reads_what_the_system_space_shares_beside_its_own(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let (world, shared, version) = furnished(on, SYSTEM).await;
    let own = testing::product(2, workspace(1));
    let own_version = ProductVersion { product_id: own.id, ..testing::published(2) };
    world.put(&own, &own_version).await;

    world
        .read(workspace(1), async |unit| {
            assert_eq!(unit.products().find(shared.id).await, Ok(Some(shared.clone())));
            assert_eq!(unit.products().list().await, Ok(vec![shared, own]));
            assert_eq!(unit.product_versions().find(version.id).await, Ok(Some(version.clone())));
            let published = unit.product_versions().list_published().await;
            assert_eq!(published, Ok(vec![version, own_version]));
            assert_eq!(unit.product_roles().list().await, Ok(vec![testing::product_role(1, "REVIEWER")]));
            let mapping = testing::mapping(1, "REVIEWER", &["PROJECT_OWNER"]);
            assert_eq!(unit.product_mappings().list().await, Ok(vec![mapping]));
        })
        .await;
}

#[rstest]
#[tokio::test]
async fn a_workspace_does_not_change_what_the_system_space_shares(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, shared, version) = furnished(on, SYSTEM).await;
    let renamed = Product { name: parsed("Renamed"), ..shared.clone() };
    let renamed_version = ProductVersion { name: parsed("Renamed"), ..version.clone() };

    world
        .write(workspace(1), async |unit| {
            assert_eq!(unit.products().update(&renamed).await, Err(StoreError::Stale));
            assert_eq!(unit.product_versions().update(&renamed_version).await, Err(StoreError::Stale));
            assert_eq!(unit.product_mappings().replace(shared.id, &[]).await, Ok(()));
        })
        .await;
    let role = testing::product_role(2, "EDITOR");
    let refused = world.attempt(workspace(1), async |unit| unit.product_roles().insert(&role).await).await;

    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    world
        .read(SYSTEM, async |unit| {
            assert_eq!(unit.products().find(shared.id).await, Ok(Some(shared.clone())));
            assert_eq!(unit.product_versions().find(version.id).await, Ok(Some(version)));
            assert_eq!(unit.product_mappings().list_by_product(shared.id).await.unwrap().len(), 1);
        })
        .await;
}

#[rstest]
#[tokio::test]
async fn nobody_else_sees_or_changes_a_workspaces_own_products(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, product, version) = furnished(on, workspace(1)).await;

    for space in [workspace(2), SYSTEM] {
        world
            .write(space, async |unit| {
                assert_eq!(unit.products().find(product.id).await, Ok(None));
                assert_eq!(unit.products().list().await, Ok(Vec::new()));
                assert_eq!(unit.products().update(&product).await, Err(StoreError::Stale));
                assert_eq!(unit.product_versions().find(version.id).await, Ok(None));
                assert_eq!(unit.product_versions().list_published().await, Ok(Vec::new()));
                assert_eq!(unit.product_versions().list_by_product(product.id).await, Ok(Vec::new()));
                assert_eq!(unit.product_versions().update(&version).await, Err(StoreError::Stale));
                assert_eq!(unit.product_roles().list_by_product(product.id).await, Ok(Vec::new()));
                assert_eq!(unit.product_mappings().list_by_product(product.id).await, Ok(Vec::new()));
                assert_eq!(unit.product_mappings().replace(product.id, &[]).await, Ok(()));
            })
            .await;
    }

    let mapping =
        world.read(workspace(1), async |unit| unit.product_mappings().list_by_product(id(1)).await).await;
    assert_eq!(mapping.unwrap().len(), 1);
}
