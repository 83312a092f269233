use guildhall_core::{IdGenerator as _, RowVersion, StoreError, UserId};
use guildhall_tenancy::{Member, MemberState, WorkspaceRole};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;
use crate::support::{assert_conflict, page, parsed};

/// The users as members: an admin, an internal and an external one.
async fn with_members(on: Stack) -> (World, [Member; 3]) {
    let world = World::new(on).await;
    let roles = [WorkspaceRole::WorkspaceAdmin, WorkspaceRole::Internal, WorkspaceRole::External];
    let mut user = 0..;
    let members = roles.map(|role| world.member(user.next().unwrap(), role));
    let unit = world.open().await;
    for member in members.iter().rev() {
        unit.workspace_members().insert(member).await.unwrap();
    }
    unit.commit().await.unwrap();
    (world, members)
}

#[rstest]
#[tokio::test]
async fn a_membership_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let member = Member {
        state: MemberState::Suspended,
        since: parsed("2026-03-04T05:06:07.089123Z"),
        version: RowVersion::new(7),
        ..world.member(0, WorkspaceRole::External)
    };

    unit.workspace_members().insert(&member).await.unwrap();

    assert_eq!(unit.workspace_members().find(member.user_id).await.unwrap(), Some(member));
    assert_eq!(unit.workspace_members().find(world.users[1]).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn members_are_listed_by_user_id(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [admin, internal, external]) = with_members(on).await;
    let unit = world.open().await;
    let members = unit.workspace_members();

    let first = members.list(&page(2, None)).await.unwrap();
    let second = members.list(&page(2, first.next.clone())).await.unwrap();
    let some = members.list_by_users(&[external.user_id, UserId::new(world.ids.uuid()), admin.user_id]).await;

    assert_eq!(first.items, [admin.clone(), internal.clone()]);
    assert_eq!((second.items, second.next), (vec![external.clone()], None));
    assert_eq!(some.unwrap(), [admin.clone(), external.clone()]);
    assert_eq!(members.list_all().await.unwrap(), [admin, internal, external]);
}

#[rstest]
#[tokio::test]
async fn nobody_is_asked_for_and_nobody_is_found(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, _) = with_members(on).await;

    let nobody = world.open().await.workspace_members().list_by_users(&[]).await;

    assert_eq!(nobody, Ok(vec![]));
}

#[rstest]
#[tokio::test]
async fn a_suspended_admin_is_not_counted(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [admin, internal, _]) = with_members(on).await;
    let unit = world.open().await;
    let promoted = Member { role: WorkspaceRole::WorkspaceAdmin, ..internal };
    unit.workspace_members().update(&promoted).await.unwrap();
    let two = unit.workspace_members().count_admins().await;

    unit.workspace_members().update(&Member { state: MemberState::Suspended, ..admin }).await.unwrap();

    assert_eq!(two, Ok(2));
    assert_eq!(unit.workspace_members().count_admins().await, Ok(1));
}

#[rstest]
#[tokio::test]
async fn a_changed_membership_is_stored_as_its_next_version(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [_, internal, _]) = with_members(on).await;
    let unit = world.open().await;
    let changed = Member { role: WorkspaceRole::External, state: MemberState::Suspended, ..internal.clone() };

    unit.workspace_members().update(&changed).await.unwrap();
    let again = unit.workspace_members().update(&changed).await;

    let stored = Member { version: RowVersion::new(2), ..changed };
    assert_eq!(unit.workspace_members().find(internal.user_id).await.unwrap(), Some(stored));
    assert_eq!(again, Err(StoreError::Stale));
}

#[rstest]
#[tokio::test]
async fn a_membership_ends_once_and_as_it_was_read(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [_, internal, _]) = with_members(on).await;
    let unit = world.open().await;
    let members = unit.workspace_members();
    let newer = Member { version: RowVersion::new(2), ..internal.clone() };

    assert_eq!(members.delete(&newer).await, Err(StoreError::Stale));
    assert_eq!(members.delete(&internal).await, Ok(()));
    assert_eq!(members.delete(&internal).await, Err(StoreError::Stale));
    assert_eq!(members.find(internal.user_id).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn a_user_is_a_member_once(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [admin, ..]) = with_members(on).await;
    let unit = world.open().await;

    assert_conflict(&unit.workspace_members().insert(&admin).await);
}

#[rstest]
#[tokio::test]
async fn nobody_is_a_member_who_is_no_user(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let nobody =
        Member { user_id: UserId::new(world.ids.uuid()), ..world.member(0, WorkspaceRole::Internal) };

    assert_conflict(&unit.workspace_members().insert(&nobody).await);
}

#[rstest]
#[tokio::test]
async fn the_directory_leads_from_a_user_to_his_workspaces(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let (user, directory) = (world.users[0], unit.membership_directory());

    for workspace in [world.there.id, world.here.id, world.here.id] {
        directory.insert(user, workspace).await.unwrap();
    }

    assert_eq!(directory.list_workspaces(user).await, Ok(vec![world.here.id, world.there.id]));
    assert_eq!(directory.list_workspaces(world.users[1]).await, Ok(vec![]));
}

#[rstest]
#[tokio::test]
async fn what_is_struck_out_of_the_directory_is_gone(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let (user, directory) = (world.users[0], unit.membership_directory());
    directory.insert(user, world.here.id).await.unwrap();
    directory.insert(user, world.there.id).await.unwrap();

    directory.delete(user, world.here.id).await.unwrap();
    directory.delete(user, world.here.id).await.unwrap();

    assert_eq!(directory.list_workspaces(user).await, Ok(vec![world.there.id]));
}
