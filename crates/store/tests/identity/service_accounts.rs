use guildhall_core::{IdGenerator as _, ProductId, Scope, ServiceAccountId, StoreError, WorkspaceId};
use guildhall_identity::{ServiceAccount, ServiceAccountKind};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{
    support::{assert_conflict, parsed},
    tenancy::world::World,
};

/// A script of a workspace.
fn account(world: &World, home: WorkspaceId) -> ServiceAccount {
    ServiceAccount {
        id: ServiceAccountId::new(world.ids.uuid()),
        home,
        name: parsed("Nightly"),
        kind: ServiceAccountKind::Automation,
        product_id: None,
        secret_hash: world.ids.secret().hash(),
        created_by: None,
        created_at: parsed("2026-03-04T05:06:07.089123Z"),
    }
}

/// The world with two service accounts in its first workspace.
async fn with_accounts(on: Stack) -> (World, [ServiceAccount; 2]) {
    let world = World::new(on).await;
    let products = ServiceAccount {
        kind: ServiceAccountKind::Product,
        product_id: Some(ProductId::new(world.ids.uuid())),
        created_by: Some(world.users[0]),
        ..account(&world, world.here.id)
    };
    let container = ServiceAccount { kind: ServiceAccountKind::Container, ..account(&world, world.here.id) };
    let unit = world.open().await;
    for account in [&container, &products] {
        unit.service_accounts().insert(account).await.unwrap();
    }
    unit.commit().await.unwrap();
    (world, [products, container])
}

#[rstest]
#[tokio::test]
async fn accounts_are_read_as_they_were_written_and_listed_by_id(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, accounts) = with_accounts(on).await;
    let unit = world.open().await;

    for account in &accounts {
        assert_eq!(unit.service_accounts().find(account.id).await, Ok(Some(account.clone())));
    }
    assert_eq!(unit.service_accounts().list().await.unwrap(), accounts);
}

#[rstest]
#[tokio::test]
async fn from_anywhere_a_client_id_leads_to_its_home(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [account, _]) = with_accounts(on).await;
    let nobody = ServiceAccountId::new(world.ids.uuid());

    for scope in [Scope::Platform, Scope::System, Scope::Workspace(world.there.id)] {
        let unit = world.read(scope).await;
        assert_eq!(unit.client_directory().find(account.id).await, Ok(Some(world.here.id)));
        assert_eq!(unit.client_directory().find(nobody).await, Ok(None));
    }
}

#[rstest]
#[tokio::test]
async fn a_client_id_has_one_home(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [account, _]) = with_accounts(on).await;

    for space in [world.here.id, world.there.id] {
        let unit = world.begin(Scope::Workspace(space)).await;
        assert_conflict(&unit.service_accounts().insert(&account).await);
    }
}

#[rstest]
#[tokio::test]
async fn a_new_secret_replaces_the_old_one(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [account, other]) = with_accounts(on).await;
    let unit = world.open().await;
    let renewed = ServiceAccount { secret_hash: world.ids.secret().hash(), ..account };

    unit.service_accounts().update_secret(renewed.id, &renewed.secret_hash).await.unwrap();

    assert_eq!(unit.service_accounts().list().await.unwrap(), [renewed, other]);
}

#[rstest]
#[tokio::test]
async fn a_removed_account_leads_nowhere(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [account, other]) = with_accounts(on).await;
    let unit = world.open().await;

    let removed = unit.service_accounts().delete(account.id).await;
    let again = unit.service_accounts().delete(account.id).await;

    assert_eq!((removed, again), (Ok(true), Ok(false)));
    assert_eq!(unit.service_accounts().list().await, Ok(vec![other]));
    assert_eq!(unit.client_directory().find(account.id).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_changes_and_removes_no_account(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, accounts) = with_accounts(on).await;
    let [account, _] = &accounts;
    let secret = world.ids.secret().hash();

    for scope in [Scope::Workspace(world.there.id), Scope::System] {
        let unit = world.begin(scope).await;
        assert_eq!(unit.service_accounts().find(account.id).await, Ok(None));
        assert_eq!(unit.service_accounts().list().await, Ok(vec![]));
        let changed = unit.service_accounts().update_secret(account.id, &secret).await;
        assert_eq!(changed, Err(StoreError::Stale));
        assert_eq!(unit.service_accounts().delete(account.id).await, Ok(false));
        unit.commit().await.unwrap();
    }

    let unit = world.open().await;
    assert_eq!(unit.service_accounts().list().await.unwrap(), accounts);
    assert_eq!(unit.client_directory().find(account.id).await, Ok(Some(world.here.id)));
}

#[rstest]
#[tokio::test]
async fn the_platforms_scope_has_no_accounts(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, _) = with_accounts(on).await;

    let refused = world.begin(Scope::Platform).await.service_accounts().list().await;

    assert!(matches!(refused, Err(StoreError::Backend(_))), "{refused:?}");
}
