use std::pin::pin;

use chrono::TimeDelta;
use guildhall_core::{IdGenerator as _, Scope, StoreError};
use guildhall_kernel::{ClaimedKey, KeyClaim};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    support::{parsed, waits},
    tenancy::world::World,
};

const PRINCIPAL: Uuid = Uuid::from_u128(1);
const SUBJECT: Uuid = Uuid::from_u128(2);

fn claim() -> KeyClaim<'static> {
    KeyClaim {
        principal: PRINCIPAL,
        route: "POST /projects",
        key: "key-1",
        body_hash: [7; 32],
        at: parsed("2026-03-04T05:06:07Z"),
    }
}

/// What stands where [`claim`] has been claimed.
fn claimed(subject_id: Option<Uuid>) -> Result<Option<ClaimedKey>, StoreError> {
    Ok(Some(ClaimedKey { body_hash: claim().body_hash, subject_id }))
}

/// The world where [`claim`] has been claimed and led to [`SUBJECT`].
async fn with_key(on: Stack) -> World {
    let world = World::new(on).await;
    let unit = world.open().await;
    assert_eq!(unit.idempotency_keys().insert(&claim()).await, Ok(None));
    unit.idempotency_keys().update_subject(&claim(), SUBJECT).await.unwrap();
    unit.commit().await.unwrap();
    world
}

/// Claims the key in a unit of work of its own.
async fn claim_in_turn(world: &World) -> Result<Option<ClaimedKey>, StoreError> {
    let unit = world.open().await;
    let found = unit.idempotency_keys().insert(&claim()).await;
    unit.commit().await.unwrap();
    found
}

#[rstest]
#[tokio::test]
async fn a_claimed_key_answers_what_came_of_it(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_key(on).await;
    let unit = world.open().await;

    let same = unit.idempotency_keys().insert(&claim()).await;
    let other_body = unit.idempotency_keys().insert(&KeyClaim { body_hash: [8; 32], ..claim() }).await;

    assert_eq!((same, other_body), (claimed(Some(SUBJECT)), claimed(Some(SUBJECT))));
}

#[rstest]
#[tokio::test]
async fn a_key_is_its_principals_on_one_route(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_key(on).await;
    let unit = world.open().await;

    for other in [
        KeyClaim { principal: world.ids.uuid(), ..claim() },
        KeyClaim { route: "POST /launches", ..claim() },
        KeyClaim { key: "KEY-1", ..claim() },
    ] {
        assert_eq!(unit.idempotency_keys().insert(&other).await, Ok(None), "{other:?}");
    }
}

#[rstest]
#[tokio::test]
async fn each_workspace_has_its_own_keys(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_key(on).await;

    for scope in [Scope::Workspace(world.there.id), Scope::System] {
        let unit = world.begin(scope).await;
        let unclaimed = unit.idempotency_keys().update_subject(&claim(), PRINCIPAL).await;
        assert_eq!(unclaimed, Err(StoreError::Stale));
        assert_eq!(unit.idempotency_keys().insert(&claim()).await, Ok(None));
        unit.commit().await.unwrap();
    }
    let platform = world.begin(Scope::Platform).await.idempotency_keys().insert(&claim()).await;

    assert!(matches!(platform, Err(StoreError::Backend(_))), "{platform:?}");
    assert_eq!(claim_in_turn(&world).await, claimed(Some(SUBJECT)));
}

#[rstest]
#[tokio::test]
async fn a_key_is_forgotten_after_a_day(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_key(on).await;
    let unit = world.open().await;
    let day = TimeDelta::hours(24);
    let at = |later| KeyClaim { at: claim().at + later, ..claim() };

    let remembered = unit.idempotency_keys().insert(&at(day)).await;
    let forgotten = unit.idempotency_keys().insert(&at(day + TimeDelta::microseconds(1))).await;

    assert_eq!(remembered, claimed(Some(SUBJECT)));
    assert_eq!(forgotten, Ok(None));
}

#[rstest]
#[tokio::test]
async fn another_workspaces_keys_are_not_forgotten_for_it(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_key(on).await;
    let there = world.open_other().await;

    let later = KeyClaim { at: claim().at + TimeDelta::days(9), ..claim() };
    there.idempotency_keys().insert(&later).await.unwrap();
    there.commit().await.unwrap();

    assert_eq!(claim_in_turn(&world).await, claimed(Some(SUBJECT)));
}

#[rstest]
#[tokio::test]
async fn a_second_claim_waits_for_the_first_and_sees_what_came_of_it(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let first = world.open().await;
    let new = first.idempotency_keys().insert(&claim()).await;
    let mut second = pin!(claim_in_turn(&world));

    let waited = waits(second.as_mut()).await;
    first.idempotency_keys().update_subject(&claim(), SUBJECT).await.unwrap();
    first.commit().await.unwrap();

    assert!(waited);
    assert_eq!((new, second.await), (Ok(None), claimed(Some(SUBJECT))));
}

#[rstest]
#[tokio::test]
async fn a_second_claim_is_the_first_where_that_was_given_up(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let first = world.open().await;
    first.idempotency_keys().insert(&claim()).await.unwrap();
    let mut second = pin!(claim_in_turn(&world));

    let waited = waits(second.as_mut()).await;
    drop(first);

    assert!(waited);
    assert_eq!(second.await, Ok(None));
    assert_eq!(claim_in_turn(&world).await, claimed(None));
}
