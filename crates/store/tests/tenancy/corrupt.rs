use guildhall_core::{Level, StoreError};
use guildhall_tenancy::{WorkspaceRole, testing};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;

/// The world with a client, a member and an invitation in the first workspace, after somebody has spoilt a row.
async fn spoilt(on: Stack, by: &str) -> World {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.hierarchy().insert(&testing::node(&world.ids, Level::Client, None)).await.unwrap();
    unit.workspace_members().insert(&world.member(0, WorkspaceRole::Internal)).await.unwrap();
    unit.invitations().insert(&world.invitation("guest@example.test")).await.unwrap();
    unit.commit().await.unwrap();
    world.execute(by).await;
    world
}

#[track_caller]
fn assert_corrupt<T>(what: &str, end: Result<T, StoreError>) {
    let said = match end {
        Err(StoreError::Corrupt(said)) => said,
        other => format!("{:?}", other.map(|_| "read").map_err(|error| error.to_string())),
    };
    assert!(said.starts_with(what), "{said}");
}

#[rstest]
#[tokio::test]
async fn a_workspace_with_settings_that_nobody_knows_is_corrupt(#[values(Sqlite, Postgres)] on: Stack) {
    let world =
        spoilt(on, r#"update workspace set settings = '{"nonsense": true}' where prefix = 'here'"#).await;

    let end = world.open().await.workspaces().find(world.here.id).await;

    assert_corrupt("workspace.settings: ", end);
}

#[rstest]
#[tokio::test]
async fn a_node_without_a_level_is_corrupt(#[values(Sqlite, Postgres)] on: Stack) {
    let world = spoilt(on, "update node set level = 'NONSENSE'").await;

    assert_corrupt("node.level: ", world.open().await.hierarchy().list().await);
}

#[rstest]
#[tokio::test]
async fn a_node_whose_categories_are_no_list_is_corrupt(#[values(Sqlite, Postgres)] on: Stack) {
    let world = spoilt(on, "update node set categories = '{}'").await;

    assert_corrupt("node.categories: ", world.open().await.hierarchy().list().await);
}

#[rstest]
#[tokio::test]
async fn a_member_without_a_role_is_corrupt(#[values(Sqlite, Postgres)] on: Stack) {
    let world = spoilt(on, "update workspace_member set role = ''").await;

    assert_corrupt("workspace_member.role: ", world.open().await.workspace_members().list_all().await);
}

#[rstest]
#[tokio::test]
async fn an_invitation_without_an_address_is_corrupt(#[values(Sqlite, Postgres)] on: Stack) {
    let world = spoilt(on, "update invitation set email = 'nobody'").await;

    let end = world.open().await.invitations().list_pending_by_inviter(world.users[0]).await;

    assert_corrupt("invitation.email: ", end);
}
