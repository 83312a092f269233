use guildhall_core::{Level, Scope, StoreError};
use guildhall_tenancy::{Invitation, InvitedTo, Member, Node, WorkspaceRole, testing};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;
use crate::support::{page, parsed};

/// A world whose first workspace has a node, a member and an invitation to a project.
async fn with_people(on: Stack) -> (World, Node, Member, Invitation) {
    let world = World::new(on).await;
    let node = testing::node(&world.ids, Level::Client, None);
    let member = world.member(0, WorkspaceRole::WorkspaceAdmin);
    let project = InvitedTo { project_id: parsed(&world.here.id.to_string()), role: parsed("VIEWER") };
    let invitation = Invitation { project: Some(project), ..world.invitation("guest@example.test") };
    let unit = world.open().await;
    unit.hierarchy().insert(&node).await.unwrap();
    unit.workspace_members().insert(&member).await.unwrap();
    unit.invitations().insert(&invitation).await.unwrap();
    unit.commit().await.unwrap();
    (world, node, member, invitation)
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_no_node_and_no_member(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, node, member, _) = with_people(on).await;
    let there = world.open_other().await;
    let members = there.workspace_members();

    assert_eq!(there.hierarchy().find(node.id).await, Ok(None));
    assert_eq!(there.hierarchy().list().await, Ok(vec![]));
    assert_eq!(members.find(member.user_id).await, Ok(None));
    assert_eq!(members.list(&page(50, None)).await.unwrap().items, []);
    assert_eq!(members.list_all().await, Ok(vec![]));
    assert_eq!(members.list_by_users(&[member.user_id]).await, Ok(vec![]));
    assert_eq!(members.count_admins().await, Ok(0));
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_no_invitation(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, _, _, invitation) = with_people(on).await;
    let there = world.open_other().await;
    let (invitations, project) = (there.invitations(), invitation.project_id().unwrap());

    assert_eq!(invitations.find(invitation.id).await, Ok(None));
    assert_eq!(invitations.find_by_secret_hash(&invitation.secret_hash).await, Ok(None));
    assert_eq!(invitations.find_pending_by_email(&invitation.email, Some(project)).await, Ok(None));
    assert_eq!(invitations.list(&page(50, None)).await.unwrap().items, []);
    assert_eq!(invitations.list_pending_by_project(project).await, Ok(vec![]));
    assert_eq!(invitations.list_pending_by_inviter(invitation.invited_by).await, Ok(vec![]));
}

#[rstest]
#[tokio::test]
async fn another_workspace_changes_nothing(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, node, member, invitation) = with_people(on).await;
    let there = world.open_other().await;

    let refused = [
        there.hierarchy().update(&node).await,
        there.workspace_members().update(&member).await,
        there.workspace_members().delete(&member).await,
        there.invitations().update(&invitation).await,
    ];
    there.commit().await.unwrap();

    assert!(refused.iter().all(|end| *end == Err(StoreError::Stale)), "{refused:?}");
    let here = world.open().await;
    assert_eq!(here.hierarchy().list().await, Ok(vec![node]));
    assert_eq!(here.workspace_members().list_all().await, Ok(vec![member]));
    assert_eq!(here.invitations().find(invitation.id).await, Ok(Some(invitation)));
}

#[rstest]
#[tokio::test]
async fn people_and_addresses_may_be_in_two_workspaces(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, _, member, invitation) = with_people(on).await;
    let there = world.open_other().await;
    let second = Invitation { project: invitation.project, ..world.invitation("guest@example.test") };

    assert_eq!(there.workspace_members().insert(&member).await, Ok(()));
    assert_eq!(there.invitations().insert(&second).await, Ok(()));
}

#[rstest]
#[tokio::test]
async fn the_platforms_scope_has_no_people_at_all(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, node, member, invitation) = with_people(on).await;
    let platform = world.begin(Scope::Platform).await;

    let refused = [
        platform.hierarchy().find(node.id).await.map(|_| ()),
        platform.workspace_members().find(member.user_id).await.map(|_| ()),
        platform.invitations().find(invitation.id).await.map(|_| ()),
        platform.hierarchy().insert(&node).await,
    ];

    assert!(refused.iter().all(|end| matches!(end, Err(StoreError::Backend(_)))), "{refused:?}");
}
