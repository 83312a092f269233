use guildhall_authz::{GrantFilter, Holder, StoredGrant, testing};
use guildhall_core::{
    AccountId, GrantId, GroupId, IdGenerator as _, Level, RoleId, Scope, ServiceAccountId, StoreError,
};
use guildhall_tenancy::testing::node;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{
    support::{assert_conflict, page, parsed},
    tenancy::world::World,
};

/// A grant of some role on an account of the first workspace.
fn grant(world: &World, holder: Holder, account: AccountId) -> StoredGrant {
    testing::stored_grant(&world.ids, holder, RoleId::new(world.ids.uuid()), account)
}

/// The world with two grants to its first user, of which one ends, and one to a service account.
async fn with_grants(on: Stack) -> (World, [StoredGrant; 3]) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let node = node(&world.ids, Level::Client, None);
    unit.hierarchy().insert(&node).await.unwrap();
    let user = Holder::User(world.users[0]);
    let machine = Holder::ServiceAccount(ServiceAccountId::new(world.ids.uuid()));
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

#[rstest]
#[tokio::test]
async fn grants_are_read_as_they_were_written(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, grants) = with_grants(on).await;

    assert_eq!(world.open().await.grants().list().await.unwrap(), grants);
}

#[rstest]
#[tokio::test]
async fn grants_are_listed_by_their_holder(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [ending, machines, lasting]) = with_grants(on).await;
    let unit = world.open().await;
    let namesake = Holder::User(parsed(&machines.holder.uuid().to_string()));

    assert_eq!(unit.grants().list_by_holder(ending.holder).await, Ok(vec![ending, lasting]));
    assert_eq!(unit.grants().list_by_holder(machines.holder).await, Ok(vec![machines]));
    assert_eq!(unit.grants().list_by_holder(namesake).await, Ok(vec![]));
}

#[rstest]
#[tokio::test]
async fn a_group_holds_grants_of_its_own(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [ending, ..]) = with_grants(on).await;
    let unit = world.open().await;
    let group = Holder::Group(GroupId::new(ending.holder.uuid()));
    let granted = grant(&world, group, ending.account);

    unit.grants().insert(&granted).await.unwrap();

    assert_eq!(unit.grants().list_by_holder(group).await, Ok(vec![granted]));
}

#[rstest]
#[tokio::test]
async fn grants_are_found_by_id_role_and_filter(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, grants) = with_grants(on).await;
    let unit = world.open().await;
    let [first, second, ..] = grants;
    let listed =
        async |filter: GrantFilter| unit.grants().list_page(&filter, &page(10, None)).await.unwrap().items;

    assert_eq!(unit.grants().find(first.id).await, Ok(Some(first)));
    assert_eq!(unit.grants().find(GrantId::new(first.role.uuid())).await, Ok(None));
    assert_eq!(unit.grants().list_by_role(second.role).await, Ok(vec![second]));
    assert_eq!(listed(GrantFilter::default()).await, grants);
    assert_eq!(
        listed(GrantFilter { account: Some(second.account), ..GrantFilter::default() }).await,
        [second]
    );
    let of_first = grants.into_iter().filter(|grant| grant.holder == first.holder).collect::<Vec<_>>();
    assert_eq!(listed(GrantFilter { holder: Some(first.holder), ..GrantFilter::default() }).await, of_first);
    let both = GrantFilter { holder: Some(first.holder), role: Some(second.role), account: None };
    assert_eq!(listed(both).await, []);
}

#[rstest]
#[tokio::test]
async fn a_changed_end_names_the_version_that_it_read(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [ending, ..]) = with_grants(on).await;
    let unit = world.open().await;
    let lasting = StoredGrant { expires_at: None, ..ending };

    unit.grants().update(&lasting).await.unwrap();
    let stale = unit.grants().update(&lasting).await;
    unit.commit().await.unwrap();
    let after = StoredGrant { version: lasting.version.next(), ..lasting };
    let foreign = world.open_other().await.grants().update(&after).await;

    assert_eq!((stale, foreign), (Err(StoreError::Stale), Err(StoreError::Stale)));
    assert_eq!(world.open().await.grants().find(ending.id).await, Ok(Some(after)));
}

#[rstest]
#[tokio::test]
async fn a_grant_ends_and_may_have_ended_before(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [ending, machines, lasting]) = with_grants(on).await;
    let unit = world.open().await;

    unit.grants().delete(lasting.id).await.unwrap();
    unit.grants().delete(lasting.id).await.unwrap();

    assert_eq!(unit.grants().list().await, Ok(vec![ending, machines]));
}

#[rstest]
#[tokio::test]
async fn a_holder_has_a_role_on_an_account_once(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [ending, ..]) = with_grants(on).await;
    let unit = world.open().await;
    let second = testing::stored_grant(&world.ids, ending.holder, ending.role, ending.account);

    assert_conflict(&unit.grants().insert(&second).await);
}

#[rstest]
#[tokio::test]
async fn a_grant_names_an_account_of_its_own_workspace(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let holder = Holder::User(world.users[0]);

    for account in [world.there.account_id, AccountId::PLATFORM, AccountId::new(world.ids.uuid())] {
        let unit = world.open().await;
        assert_conflict(&unit.grants().insert(&grant(&world, holder, account)).await);
    }
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_and_ends_no_grant(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, grants) = with_grants(on).await;
    let there = world.open_other().await;

    let seen = (there.grants().list().await, there.grants().list_by_holder(grants[0].holder).await);
    there.grants().delete(grants[0].id).await.unwrap();
    there.commit().await.unwrap();

    assert_eq!(seen, (Ok(vec![]), Ok(vec![])));
    assert_eq!(world.open().await.grants().list().await.unwrap(), grants);
}

#[rstest]
#[tokio::test]
async fn the_platforms_scope_has_no_grants(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;

    let refused = world.begin(Scope::Platform).await.grants().list().await;

    assert!(matches!(refused, Err(StoreError::Backend(_))), "{refused:?}");
}
