use chrono::TimeDelta;
use guildhall_core::testing::{FixedClock, SequentialIds};

use super::World;
use crate::{
    CreateLaunch, LaunchItem, Product, ProductVersion, Products, ProductsError, ProductsStore, VersionState,
    testing::{self, MockStore, id, workspace},
};

fn outside() -> CreateLaunch {
    CreateLaunch {
        user_id: id(1),
        session_id: id(5),
        publishes: false,
        project_id: None,
        item: None,
        node_id: None,
    }
}

fn from_item(version: &ProductVersion) -> CreateLaunch {
    let item = LaunchItem { id: id(3), product_version_id: Some(version.id) };
    CreateLaunch { project_id: Some(id(2)), item: Some(item), ..outside() }
}

fn thing() -> (Product, ProductVersion) {
    (testing::product(1, workspace(1)), testing::published(1))
}

#[tokio::test]
async fn a_launch_is_stored_without_its_code_and_found_by_it() {
    let world = World::of(workspace(1));
    let (product, version) = thing();

    let (launch, code) =
        world.products().create_launch(&product, &version, from_item(&version)).await.unwrap();

    assert_eq!(launch.expires_at, launch.created_at + TimeDelta::seconds(60));
    assert_eq!((launch.user_id, launch.session_id), (id(1), id(5)));
    assert_eq!((launch.project_id, launch.item_id), (Some(id(2)), Some(id(3))));
    assert_eq!(world.store.launches().find_by_code_hash(&code.hash()).await.unwrap(), Some(launch));
}

#[tokio::test]
async fn what_does_not_belong_together_is_not_launched() {
    let world = World::of(workspace(1));
    let (product, version) = thing();
    let other = ProductVersion { id: id(0x999), ..version.clone() };
    let commands = [
        CreateLaunch { project_id: None, ..from_item(&version) },
        CreateLaunch { node_id: Some(id(4)), ..from_item(&version) },
        from_item(&other),
        CreateLaunch {
            item: Some(LaunchItem { id: id(3), product_version_id: None }),
            ..from_item(&version)
        },
    ];

    for command in commands {
        let refused = world.products().create_launch(&product, &version, command).await;

        assert!(matches!(refused, Err(ProductsError::LaunchMismatch(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn a_retired_version_is_launched_from_its_item_alone() {
    let world = World::of(workspace(1));
    let (product, version) = thing();
    let retired = version.retire().unwrap();

    let from_its_item = world.products().create_launch(&product, &retired, from_item(&retired)).await;
    let without = world.products().create_launch(&product, &retired, outside()).await;

    assert!(from_its_item.is_ok());
    assert_eq!(
        without.map(|_| ()),
        Err(ProductsError::WrongState { state: VersionState::Retired, act: "launched here" })
    );
}

#[tokio::test]
async fn a_code_is_redeemed_once_by_its_product() {
    let world = World::of(workspace(1));
    let (product, version) = thing();
    let products = world.products();
    let (launch, code) = products.create_launch(&product, &version, outside()).await.unwrap();

    let by_another = products.redeem_launch(&code, id(9)).await;
    let first = products.redeem_launch(&code, product.id).await.unwrap();
    let second = products.redeem_launch(&code, product.id).await;

    assert_eq!(by_another, Err(ProductsError::UnknownLaunch));
    assert_eq!((first.id, first.redeemed_at), (launch.id, Some(testing::at(0))));
    assert_eq!(second, Err(ProductsError::LaunchRedeemed));
}

#[tokio::test]
async fn a_late_code_is_not_redeemed() {
    let world = World::of(workspace(1));
    let (product, version) = thing();
    let (_, code) = world.products().create_launch(&product, &version, outside()).await.unwrap();
    world.clock.advance(TimeDelta::seconds(60));

    let refused = world.products().redeem_launch(&code, product.id).await;

    assert_eq!(refused, Err(ProductsError::LaunchExpired));
}

#[tokio::test]
async fn of_two_that_redeem_at_once_the_store_picks_one() {
    let mut store = MockStore::default();
    store.launches.expect_find_by_code_hash().returning(|_| Ok(Some(testing::launch(1))));
    store.launches.expect_update_redeemed().returning(|_, _| Ok(false));
    let (clock, ids) = (FixedClock::default(), SequentialIds::default());
    let products = Products::new(&store, workspace(1), &clock, &ids);

    let refused = products.redeem_launch(&testing::launch_code(), id(1)).await;

    assert_eq!(refused, Err(ProductsError::LaunchRedeemed));
}
