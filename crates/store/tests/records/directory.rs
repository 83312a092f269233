use guildhall_core::{AccountId, IdGenerator as _, Level, Scope, StoreError, WorkspaceId};
use guildhall_tenancy::testing;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::tenancy::world::World;

/// Every scope that there is, the first workspace's first.
fn scopes(world: &World) -> [Scope; 4] {
    [Scope::Workspace(world.here.id), Scope::Workspace(world.there.id), Scope::System, Scope::Platform]
}

#[rstest]
#[tokio::test]
async fn an_exact_key_leads_to_its_workspace_from_anywhere(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let node = testing::node(&world.ids, Level::Client, None);
    let invitation = world.invitation("guest@example.test");
    let unit = world.open().await;
    unit.hierarchy().insert(&node).await.unwrap();
    unit.invitations().insert(&invitation).await.unwrap();
    unit.commit().await.unwrap();

    for scope in scopes(&world) {
        let unit = world.read(scope).await;
        assert_eq!(unit.directory().find_account(node.id.account()).await, Ok(Some(world.here.id)));
        let home = unit.directory().find_invitation(&invitation.secret_hash).await;
        assert_eq!(home, Ok(Some(world.here.id)));
    }
}

#[rstest]
#[tokio::test]
async fn a_key_that_nobody_has_leads_nowhere(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let (account, secret) = (AccountId::new(world.ids.uuid()), world.ids.secret().hash());

    for scope in scopes(&world) {
        let unit = world.read(scope).await;
        assert_eq!(unit.directory().find_account(account).await, Ok(None));
        assert_eq!(unit.directory().find_account(AccountId::PLATFORM).await, Ok(None));
        assert_eq!(unit.directory().find_invitation(&secret).await, Ok(None));
        assert_eq!(unit.directory().find_launch_code(&secret).await, Ok(None));
    }
}

#[rstest]
#[tokio::test]
async fn the_systems_accounts_are_there_from_the_first_migration(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.read(Scope::Platform).await;

    for account in [AccountId::SYSTEM, AccountId::SYSTEM_ORGANISATION] {
        assert_eq!(unit.directory().find_account(account).await, Ok(Some(WorkspaceId::SYSTEM)));
    }
}

#[rstest]
#[tokio::test]
async fn what_is_not_committed_leads_nowhere(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let node = testing::node(&world.ids, Level::Client, None);
    let unit = world.open().await;
    unit.hierarchy().insert(&node).await.unwrap();

    let meanwhile = world.read(Scope::Platform).await.directory().find_account(node.id.account()).await;
    drop(unit);
    let after: Result<_, StoreError> =
        world.read(Scope::Platform).await.directory().find_account(node.id.account()).await;

    assert_eq!((meanwhile, after), (Ok(None), Ok(None)));
}
