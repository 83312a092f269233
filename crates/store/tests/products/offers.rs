use guildhall_core::{StoreError, WorkspaceId};
use guildhall_products::{
    Offer, Switch,
    testing::{self, id, workspace},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::{SYSTEM, World};

/// The offer of product 1 and the whole list, as a space reads them.
async fn read_in(world: &World, space: WorkspaceId) -> (Offer, usize) {
    world
        .read(space, async |unit| {
            let offer = unit.product_offers().find(id(1)).await.unwrap();
            let listed = unit.product_offers().list().await.unwrap();
            assert!(listed.iter().all(|of_list| *of_list == (id(1), offer.clone())), "{listed:?}");
            (offer, listed.len())
        })
        .await
}

async fn offer(world: &World, offer: &Offer) {
    world.write(SYSTEM, async |unit| unit.product_offers().replace(id(1), offer).await.unwrap()).await;
}

#[rstest]
#[tokio::test]
async fn a_product_that_was_never_offered_is_offered_to_nobody(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, SYSTEM).await;

    for space in [SYSTEM, workspace(1)] {
        assert_eq!(read_in(&world, space).await, (Offer::None, 0));
    }
}

#[rstest]
#[tokio::test]
async fn everybody_reads_an_offer_to_everybody(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, SYSTEM).await;

    offer(&world, &Offer::All).await;

    for space in [SYSTEM, workspace(1), workspace(2)] {
        assert_eq!(read_in(&world, space).await, (Offer::All, 1));
    }
}

#[rstest]
#[tokio::test]
async fn of_a_list_a_workspace_reads_its_own_place_alone(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, SYSTEM).await;
    let (both, second) = (Offer::List(vec![workspace(1), workspace(2)]), Offer::List(vec![workspace(2)]));

    offer(&world, &both).await;
    assert_eq!(read_in(&world, SYSTEM).await, (both, 1));
    assert_eq!(read_in(&world, workspace(1)).await, (Offer::List(vec![workspace(1)]), 1));

    offer(&world, &second).await;
    assert_eq!(read_in(&world, SYSTEM).await, (second.clone(), 1));
    assert_eq!(read_in(&world, workspace(1)).await, (Offer::None, 0));
    assert_eq!(read_in(&world, workspace(2)).await, (second, 1));
}

#[rstest]
#[tokio::test]
async fn a_new_offer_stands_in_place_of_the_one_before(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, SYSTEM).await;
    let list = Offer::List(vec![workspace(1)]);

    for next in [Offer::All, list.clone(), Offer::None, list, Offer::All, Offer::All, Offer::None] {
        offer(&world, &next).await;

        assert_eq!(read_in(&world, SYSTEM).await.0, next);
    }
}

#[rstest]
#[tokio::test]
async fn only_the_system_space_offers(#[values(Sqlite, Postgres)] on: Stack) {
    for offer in [Offer::All, Offer::List(vec![workspace(2)])] {
        let (world, ..) = World::with_product(on, workspace(1)).await;

        let refused = world
            .attempt(workspace(1), async |unit| unit.product_offers().replace(id(1), &offer).await)
            .await;

        assert!(refused.is_err());
    }
}

#[rstest]
#[tokio::test]
async fn a_workspace_does_not_withdraw_the_system_spaces_offer(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, SYSTEM).await;
    let list = Offer::List(vec![workspace(1)]);
    offer(&world, &list).await;

    world
        .write(workspace(1), async |unit| unit.product_offers().replace(id(1), &Offer::None).await.unwrap())
        .await;

    assert_eq!(read_in(&world, SYSTEM).await, (list, 1));
}

#[rstest]
#[tokio::test]
async fn nothing_is_offered_to_a_workspace_that_is_not_there(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = World::with_product(on, SYSTEM).await;
    let nowhere = Offer::List(vec![workspace(9)]);

    let refused =
        world.attempt(SYSTEM, async |unit| unit.product_offers().replace(id(1), &nowhere).await).await;

    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn a_workspaces_last_word_on_a_product_is_its_own(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, shared, _) = World::with_product(on, SYSTEM).await;
    let own = testing::product(2, workspace(1));
    world.write(workspace(1), async |unit| unit.products().insert(&own).await.unwrap()).await;
    let switch = |product_id, available| Switch { product_id, available };

    world
        .write(workspace(1), async |unit| {
            for word in [switch(shared.id, true), switch(own.id, true), switch(shared.id, false)] {
                unit.product_switches().replace(&word).await.unwrap();
            }
        })
        .await;

    world
        .read(workspace(1), async |unit| {
            let words = vec![switch(shared.id, false), switch(own.id, true)];
            assert_eq!(unit.product_switches().find(shared.id).await, Ok(words.first().copied()));
            assert_eq!(unit.product_switches().list().await, Ok(words));
        })
        .await;
    for space in [workspace(2), SYSTEM] {
        let word = world.read(space, async |unit| unit.product_switches().find(shared.id).await).await;
        assert_eq!(word, Ok(None));
    }
}

#[rstest]
#[tokio::test]
async fn a_workspace_switches_no_product_of_another(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, product, _) = World::with_product(on, workspace(1)).await;
    let switch = Switch { product_id: product.id, available: true };

    let refused =
        world.attempt(workspace(2), async |unit| unit.product_switches().replace(&switch).await).await;

    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}
