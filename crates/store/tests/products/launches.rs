use std::pin::pin;

use guildhall_core::{Scope, StoreError};
use guildhall_products::{
    Launch, ProductVersion,
    testing::{self, at, id, workspace},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::{SYSTEM, World};
use crate::support::waits;

#[rstest]
#[tokio::test]
async fn every_field_of_a_launch_reads_back_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, product, version) = World::with_product(on, SYSTEM).await;
    let launch = Launch {
        product_id: product.id,
        product_version_id: version.id,
        product_home: SYSTEM,
        project_id: Some(id(0x601)),
        item_id: Some(id(0x602)),
        node_id: Some(world.node(workspace(1)).await),
        redeemed_at: Some(at(3)),
        ..testing::launch(1)
    };

    world.write(workspace(1), async |unit| unit.launches().insert(&launch).await.unwrap()).await;

    world
        .read(workspace(1), async |unit| {
            assert_eq!(unit.launches().find(launch.id).await, Ok(Some(launch.clone())));
            assert_eq!(unit.launches().find_by_code_hash(&launch.code_hash).await, Ok(Some(launch)));
        })
        .await;
}

#[rstest]
#[tokio::test]
async fn a_code_leads_to_the_launch_and_its_workspace_from_anywhere(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    let launch = testing::launch(1);
    world.write(workspace(1), async |unit| unit.launches().insert(&launch).await.unwrap()).await;

    let led =
        world.read(SYSTEM, async |unit| unit.directory().find_launch_code(&launch.code_hash).await).await;

    assert_eq!(led, Ok(Some((workspace(1), launch.id))));
}

#[rstest]
#[tokio::test]
async fn a_launch_is_redeemed_once(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    let launch = testing::launch(1);
    world.write(workspace(1), async |unit| unit.launches().insert(&launch).await.unwrap()).await;

    let first =
        world.write(workspace(1), async |unit| unit.launches().update_redeemed(launch.id, at(1)).await).await;
    let second =
        world.write(workspace(1), async |unit| unit.launches().update_redeemed(launch.id, at(2)).await).await;

    assert_eq!((first, second), (Ok(true), Ok(false)));
    let found = world.read(workspace(1), async |unit| unit.launches().find(launch.id).await).await;
    assert_eq!(found, Ok(Some(Launch { redeemed_at: Some(at(1)), ..launch })));
}

/// Redeems launch 1 in a unit of work of its own.
async fn redeem(world: &World) -> Result<bool, StoreError> {
    world
        .write(workspace(1), async |unit| unit.launches().update_redeemed(testing::launch(1).id, at(2)).await)
        .await
}

#[rstest]
#[tokio::test]
async fn whoever_comes_second_waits_and_redeems_nothing(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    let launch = testing::launch(1);
    world.write(workspace(1), async |unit| unit.launches().insert(&launch).await.unwrap()).await;
    let unit = world.store.write(Scope::of(workspace(1))).await;
    let first = unit.launches().update_redeemed(launch.id, at(1)).await;
    let mut second = pin!(redeem(&world));

    let waited = waits(second.as_mut()).await;
    unit.commit().await.unwrap();

    assert!(waited);
    assert_eq!((first, second.await), (Ok(true), Ok(false)));
    let found = world.read(workspace(1), async |unit| unit.launches().find(launch.id).await).await;
    assert_eq!(found, Ok(Some(Launch { redeemed_at: Some(at(1)), ..launch })));
}

#[rstest]
#[tokio::test]
async fn whoever_comes_second_redeems_what_the_first_gave_up(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    let launch = testing::launch(1);
    world.write(workspace(1), async |unit| unit.launches().insert(&launch).await.unwrap()).await;
    let unit = world.store.write(Scope::of(workspace(1))).await;
    let first = unit.launches().update_redeemed(launch.id, at(1)).await;
    let mut second = pin!(redeem(&world));

    let waited = waits(second.as_mut()).await;
    drop(unit);

    assert!(waited);
    assert_eq!((first, second.await), (Ok(true), Ok(true)));
}

#[rstest]
#[tokio::test]
async fn of_many_at_once_one_redeems_a_launch(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    world.write(workspace(1), async |unit| unit.launches().insert(&testing::launch(1)).await.unwrap()).await;

    let (one, two, three) = tokio::join!(redeem(&world), redeem(&world), redeem(&world));

    let redeemed = [one, two, three].map(Result::unwrap);
    assert_eq!(redeemed.iter().filter(|first| **first).count(), 1);
}

#[rstest]
#[tokio::test]
async fn nobody_else_finds_or_redeems_a_workspaces_launch(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    let launch = testing::launch(1);
    world.write(workspace(1), async |unit| unit.launches().insert(&launch).await.unwrap()).await;

    for space in [workspace(2), SYSTEM] {
        world
            .write(space, async |unit| {
                assert_eq!(unit.launches().find(launch.id).await, Ok(None));
                assert_eq!(unit.launches().find_by_code_hash(&launch.code_hash).await, Ok(None));
                assert_eq!(unit.launches().update_redeemed(launch.id, at(1)).await, Ok(false));
            })
            .await;
    }

    let found = world.read(workspace(1), async |unit| unit.launches().find(launch.id).await).await;
    assert_eq!(found, Ok(Some(launch)));
}

#[rstest]
#[tokio::test]
async fn two_launches_have_two_codes(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    world.write(workspace(1), async |unit| unit.launches().insert(&testing::launch(1)).await.unwrap()).await;

    let refused =
        world.attempt(workspace(1), async |unit| unit.launches().insert(&testing::launch(2)).await).await;

    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn a_workspace_launches_no_product_of_another(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;

    let refused =
        world.attempt(workspace(2), async |unit| unit.launches().insert(&testing::launch(1)).await).await;

    assert!(refused.is_err());
}

#[rstest]
#[tokio::test]
async fn a_launch_is_of_a_version_of_its_product(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    let other = testing::product(2, workspace(1));
    world.put(&other, &ProductVersion { product_id: other.id, ..testing::version(2) }).await;
    let mismatched = Launch { product_id: other.id, ..testing::launch(1) };

    let refused = world.attempt(workspace(1), async |unit| unit.launches().insert(&mismatched).await).await;

    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn a_launch_is_on_a_node_of_its_workspace(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    let elsewhere = Launch { node_id: Some(world.node(workspace(2)).await), ..testing::launch(1) };

    let refused = world.attempt(workspace(1), async |unit| unit.launches().insert(&elsewhere).await).await;

    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}
