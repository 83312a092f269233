use guildhall_core::{IdGenerator as _, Scope, SigningKeyId, UserId};
use guildhall_identity::SigningKey;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{
    support::{assert_conflict, parsed},
    tenancy::world::World,
};

fn key(world: &World, created_at: &str) -> SigningKey {
    SigningKey {
        id: SigningKeyId::new(world.ids.uuid()),
        wrapped_private_key: vec![0, 1, 2, 0xff],
        modulus: vec![0xc0; 256],
        exponent: vec![1, 0, 1],
        created_at: parsed(created_at),
        retired_at: None,
    }
}

#[rstest]
#[tokio::test]
async fn keys_are_read_as_they_were_written_and_listed_newest_first(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let oldest = key(&world, "2026-03-04T05:06:07.089123Z");
    let newest = key(&world, "2026-03-06T05:06:07Z");
    let retired = SigningKey {
        retired_at: Some(parsed("2026-03-06T05:06:07Z")),
        ..key(&world, "2026-03-05T05:06:07Z")
    };

    for key in [&oldest, &newest, &retired] {
        unit.signing_keys().insert(key).await.unwrap();
    }

    assert_eq!(unit.signing_keys().list().await.unwrap(), [newest, retired, oldest]);
}

#[rstest]
#[tokio::test]
async fn a_key_retires_alone(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let (old, new) = (key(&world, "2026-03-04T05:06:07Z"), key(&world, "2026-03-05T05:06:07Z"));
    for key in [&old, &new] {
        unit.signing_keys().insert(key).await.unwrap();
    }
    let at = parsed("2026-03-06T05:06:07Z");

    unit.signing_keys().update_retired(old.id, at).await.unwrap();

    let retired = SigningKey { retired_at: Some(at), ..old };
    assert_eq!(unit.signing_keys().list().await.unwrap(), [new, retired]);
}

#[rstest]
#[tokio::test]
async fn an_administrator_stays_one_however_often_he_is_made(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let [first, second, _] = world.users;
    let before = unit.platform_admins().list().await;

    for user in [second, first, second] {
        unit.platform_admins().insert(user, parsed("2026-03-04T05:06:07Z")).await.unwrap();
    }

    assert_eq!(before, Ok(vec![]));
    assert_eq!(unit.platform_admins().list().await, Ok(vec![first, second]));
}

#[rstest]
#[tokio::test]
async fn nobody_is_an_administrator_who_is_no_user(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let nobody = UserId::new(world.ids.uuid());

    assert_conflict(&unit.platform_admins().insert(nobody, parsed("2026-03-04T05:06:07Z")).await);
}
