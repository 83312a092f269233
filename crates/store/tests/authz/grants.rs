use guildhall_authz::{StoredGrant, testing};
use guildhall_core::{
    AccountId, IdGenerator as _, Level, Principal, RoleId, Scope, ServiceAccountId, StoreError,
};
use guildhall_tenancy::testing::node;

use crate::tenancy::world::{World, assert_conflict, parsed};

/// A grant of some role on an account of the first workspace.
fn grant(world: &World, holder: Principal, account: AccountId) -> StoredGrant {
    testing::stored_grant(&world.ids, holder, RoleId::new(world.ids.uuid()), account)
}

/// The world with two grants to its first user, of which one ends, and one to a service account.
async fn with_grants() -> (World, [StoredGrant; 3]) {
    let world = World::new().await;
    let unit = world.open().await;
    let node = node(&world.ids, Level::Client, None);
    unit.hierarchy().insert(&node).await.unwrap();
    let user = Principal::User(world.users[0]);
    let machine = Principal::ServiceAccount(ServiceAccountId::new(world.ids.uuid()));
    let ending = StoredGrant {
        expires_at: Some(parsed("2026-03-04T05:06:07.089123Z")),
        ..grant(&world, user, world.here.organisation_account_id)
    };
    let grants =
        [ending, grant(&world, machine, world.here.account_id), grant(&world, user, node.id.account())];
    for grant in &grants {
        unit.grants().insert(grant).await.unwrap();
    }
    unit.commit().await.unwrap();
    (world, grants)
}

#[tokio::test]
async fn grants_are_read_as_they_were_written() {
    let (world, grants) = with_grants().await;

    assert_eq!(world.open().await.grants().list().await.unwrap(), grants);
}

#[tokio::test]
async fn grants_are_listed_by_their_holder() {
    let (world, [ending, machines, lasting]) = with_grants().await;
    let unit = world.open().await;
    let namesake = Principal::User(parsed(&machines.holder.uuid().to_string()));

    assert_eq!(unit.grants().list_by_holder(ending.holder).await, Ok(vec![ending, lasting]));
    assert_eq!(unit.grants().list_by_holder(machines.holder).await, Ok(vec![machines]));
    assert_eq!(unit.grants().list_by_holder(namesake).await, Ok(vec![]));
}

#[tokio::test]
async fn a_grant_ends_and_may_have_ended_before() {
    let (world, [ending, machines, lasting]) = with_grants().await;
    let unit = world.open().await;

    unit.grants().delete(lasting.id).await.unwrap();
    unit.grants().delete(lasting.id).await.unwrap();

    assert_eq!(unit.grants().list().await, Ok(vec![ending, machines]));
}

#[tokio::test]
async fn a_holder_has_a_role_on_an_account_once() {
    let (world, [ending, ..]) = with_grants().await;
    let unit = world.open().await;
    let second = testing::stored_grant(&world.ids, ending.holder, ending.role, ending.account);

    assert_conflict(&unit.grants().insert(&second).await);
}

#[tokio::test]
async fn a_grant_names_an_account_of_its_own_workspace() {
    let world = World::new().await;
    let holder = Principal::User(world.users[0]);

    for account in [world.there.account_id, AccountId::PLATFORM, AccountId::new(world.ids.uuid())] {
        let unit = world.open().await;
        assert_conflict(&unit.grants().insert(&grant(&world, holder, account)).await);
    }
}

#[tokio::test]
async fn another_workspace_sees_and_ends_no_grant() {
    let (world, grants) = with_grants().await;
    let there = world.open_other().await;

    let seen = (there.grants().list().await, there.grants().list_by_holder(grants[0].holder).await);
    there.grants().delete(grants[0].id).await.unwrap();
    there.commit().await.unwrap();

    assert_eq!(seen, (Ok(vec![]), Ok(vec![])));
    assert_eq!(world.open().await.grants().list().await.unwrap(), grants);
}

#[tokio::test]
async fn the_platforms_scope_has_no_grants() {
    let world = World::new().await;

    let refused = world.begin(Scope::Platform).await.grants().list().await;

    assert!(matches!(refused, Err(StoreError::Backend(_))), "{refused:?}");
}
