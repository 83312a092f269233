use guildhall_core::{ApiKeyId, IdGenerator as _, Scope};
use guildhall_identity::ApiKey;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{support::parsed, tenancy::world::World};

fn key(world: &World) -> ApiKey {
    ApiKey {
        id: ApiKeyId::new(world.ids.uuid()),
        user_id: world.users[0],
        name: parsed("Nightly"),
        read_only: true,
        secret_hash: world.ids.secret().hash(),
        created_at: parsed("2026-03-04T05:06:07.089123Z"),
        expires_at: Some(parsed("2026-04-04T05:06:07.089123Z")),
    }
}

#[rstest]
#[tokio::test]
async fn a_key_is_read_as_it_was_written_and_its_secret_leads_to_it(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let keys = [key(&world), ApiKey { expires_at: None, read_only: false, ..key(&world) }];
    for key in &keys {
        unit.api_keys().insert(key).await.unwrap();

        assert_eq!(unit.api_keys().find(key.id).await, Ok(Some(key.clone())));
        let found = unit.directory().find_api_key(&key.secret_hash).await;
        assert_eq!(found, Ok(Some((world.here.id, key.id))));
    }
    assert_eq!(unit.api_keys().list_by_user(world.users[0]).await.unwrap(), keys);
    assert_eq!(unit.api_keys().list_by_user(world.users[1]).await.unwrap(), []);
}

#[rstest]
#[tokio::test]
async fn a_replaced_secret_leads_nowhere(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let key = key(&world);
    unit.api_keys().insert(&key).await.unwrap();
    let hash = world.ids.secret().hash();

    unit.api_keys().update_secret(key.id, &hash).await.unwrap();

    assert_eq!(unit.directory().find_api_key(&key.secret_hash).await, Ok(None));
    assert_eq!(unit.directory().find_api_key(&hash).await, Ok(Some((world.here.id, key.id))));
}

#[rstest]
#[tokio::test]
async fn a_deleted_key_is_gone_with_its_secret(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let key = key(&world);
    unit.api_keys().insert(&key).await.unwrap();

    assert_eq!(unit.api_keys().delete(key.id).await, Ok(true));
    assert_eq!(unit.api_keys().delete(key.id).await, Ok(false));

    assert_eq!(unit.directory().find_api_key(&key.secret_hash).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_and_ends_no_key(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let key = key(&world);
    let unit = world.open().await;
    unit.api_keys().insert(&key).await.unwrap();
    unit.commit().await.unwrap();

    let there = world.begin(Scope::Workspace(world.there.id)).await;

    assert_eq!(there.api_keys().find(key.id).await, Ok(None));
    assert_eq!(there.api_keys().list_by_user(key.user_id).await.unwrap(), []);
    assert_eq!(there.api_keys().delete(key.id).await, Ok(false));
}
