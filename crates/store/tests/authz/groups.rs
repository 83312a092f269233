use guildhall_authz::{Group, GroupMembership, GroupRepository, testing};
use guildhall_core::{AccountId, IdGenerator as _, StoreError};
use guildhall_tenancy::WorkspaceRole;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{
    support::{assert_conflict, page, parsed},
    tenancy::world::World,
};

/// A group of the first workspace.
fn group(world: &World, name: &str) -> Group {
    let account = world.here.account_id;
    let description = Some(parsed("What it is for"));
    Group { account, name: parsed(name), description, ..testing::group(&world.ids) }
}

/// The world with two groups and two members, who are in the first group.
async fn with_groups(on: Stack) -> (World, [Group; 2], [GroupMembership; 2]) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let groups = [group(&world, "Première"), group(&world, "Second")];
    for group in &groups {
        unit.groups().insert(group).await.unwrap();
    }
    let mut memberships = Vec::new();
    for number in [0, 1] {
        let member = world.member(number, WorkspaceRole::Internal);
        unit.workspace_members().insert(&member).await.unwrap();
        let added_at = parsed("2026-03-04T05:06:07.089123Z");
        memberships.push(GroupMembership { group: groups[0].id, user: member.user_id, added_at });
    }
    memberships.sort_by_key(|membership| membership.user);
    for membership in &memberships {
        unit.group_members().insert(membership).await.unwrap();
    }
    unit.commit().await.unwrap();
    (world, groups, memberships.try_into().unwrap())
}

#[rstest]
#[tokio::test]
async fn groups_are_read_as_they_were_written(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, groups, _) = with_groups(on).await;
    let unit = world.open().await;

    assert_eq!(unit.groups().list().await.unwrap(), groups);
    assert_eq!(unit.groups().find(groups[1].id).await, Ok(Some(groups[1].clone())));
    assert_eq!(unit.groups().find_by_name(&parsed("PREMIÈRE")).await, Ok(Some(groups[0].clone())));
}

#[rstest]
#[tokio::test]
async fn a_name_is_taken_in_any_case_of_its_letters(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, ..) = with_groups(on).await;
    let unit = world.open().await;

    assert_conflict(&unit.groups().insert(&group(&world, "PREMIÈRE")).await);
}

#[rstest]
#[tokio::test]
async fn a_group_belongs_to_an_account_of_its_own_workspace(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;

    for account in [world.there.account_id, AccountId::PLATFORM, AccountId::new(world.ids.uuid())] {
        let unit = world.open().await;
        let group = Group { account, ..group(&world, "Group") };
        assert_conflict(&unit.groups().insert(&group).await);
    }
}

#[rstest]
#[tokio::test]
async fn an_update_names_the_version_that_it_read(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [first, _], _) = with_groups(on).await;
    let unit = world.open().await;
    let renamed = Group { name: parsed("Renamed"), description: None, ..first.clone() };

    unit.groups().update(&renamed).await.unwrap();
    let stale = unit.groups().update(&renamed).await;
    let gone = GroupRepository::delete(unit.groups(), &renamed).await;

    assert_eq!((stale, gone), (Err(StoreError::Stale), Err(StoreError::Stale)));
    let after = Group { version: renamed.version.next(), ..renamed };
    assert_eq!(unit.groups().find(first.id).await, Ok(Some(after)));
}

#[rstest]
#[tokio::test]
async fn a_group_with_members_stays(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [first, second], _) = with_groups(on).await;
    let unit = world.open().await;
    unit.groups().delete(&second).await.unwrap();
    unit.commit().await.unwrap();

    assert_conflict(&world.open().await.groups().delete(&first).await);
    assert_eq!(world.open().await.groups().list().await, Ok(vec![first]));
}

#[rstest]
#[tokio::test]
async fn members_are_listed_by_group_and_by_user(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [first, second], [one, other]) = with_groups(on).await;
    let unit = world.open().await;
    let members = unit.group_members();

    assert_eq!(members.list().await, Ok(vec![one, other]));
    assert_eq!(members.list_by_group(first.id).await, Ok(vec![one, other]));
    assert_eq!(members.list_by_group(second.id).await, Ok(vec![]));
    assert_eq!(members.list_by_user(one.user).await, Ok(vec![one]));
    assert_eq!(members.find(first.id, other.user).await, Ok(Some(other)));
    assert_eq!(members.find(second.id, other.user).await, Ok(None));
    let begin = members.list_page(first.id, &page(1, None)).await.unwrap();
    let rest = members.list_page(first.id, &page(1, begin.next)).await.unwrap();
    assert_eq!((begin.items, rest.items, rest.next), (vec![one], vec![other], None));
}

#[rstest]
#[tokio::test]
async fn only_members_of_the_workspace_are_in_its_groups(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [first, _], [one, _]) = with_groups(on).await;
    let stranger = GroupMembership { user: world.users[2], ..one };

    assert_conflict(&world.open().await.group_members().insert(&stranger).await);
    assert_conflict(&world.open().await.group_members().insert(&one).await);
    let member = world.open().await.workspace_members().find(one.user).await.unwrap().unwrap();
    assert_conflict(&world.open().await.workspace_members().delete(&member).await);
    assert_eq!(first.id, one.group);
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_and_changes_no_group(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, groups, members) = with_groups(on).await;
    let there = world.open_other().await;

    assert_eq!(there.groups().list().await, Ok(vec![]));
    assert_eq!(there.groups().find(groups[0].id).await, Ok(None));
    assert_eq!(there.groups().find_by_name(&groups[0].name).await, Ok(None));
    assert_eq!(there.groups().update(&groups[0]).await, Err(StoreError::Stale));
    assert_eq!(there.groups().delete(&groups[1]).await, Err(StoreError::Stale));
    assert_eq!(there.group_members().list().await, Ok(vec![]));
    assert_eq!(there.group_members().find(members[0].group, members[0].user).await, Ok(None));
    there.group_members().delete(members[0].group, members[0].user).await.unwrap();
    let namesake = Group { account: world.there.account_id, ..group(&world, "Second") };
    there.groups().insert(&namesake).await.unwrap();
    there.commit().await.unwrap();

    assert_eq!(world.open().await.groups().list().await.unwrap(), groups);
    assert_eq!(world.open().await.group_members().list().await.unwrap(), members);
}
