use guildhall_core::StoreError;
use guildhall_orchestration::{
    Item, Phase, ProjectMember, ProjectRole, Task,
    testing::{item, member, phase, project, project_id, task, user_id},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;
use crate::support::parsed;

#[rstest]
#[tokio::test]
async fn a_membership_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let added =
        ProjectMember { added_at: parsed("2026-03-04T05:06:07.089Z"), ..member(3, ProjectRole::Viewer) };

    unit.project_members().insert(&added).await.unwrap();

    assert_eq!(unit.project_members().find(project_id(1), user_id(3)).await.unwrap(), Some(added));
    assert_eq!(unit.project_members().find(project_id(2), user_id(3)).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn memberships_are_listed_by_project_and_by_user(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.projects().insert(&project(2)).await.unwrap();
    let second = ProjectMember { project_id: project_id(2), ..member(1, ProjectRole::Viewer) };
    unit.project_members().insert(&second).await.unwrap();
    let (owner, other) = (member(1, ProjectRole::Owner), member(2, ProjectRole::Owner));

    let members = unit.project_members();

    assert_eq!(members.list_by_project(project_id(1)).await.unwrap(), [owner.clone(), other.clone()]);
    assert_eq!(members.list_by_user(user_id(1)).await.unwrap(), [owner.clone(), second.clone()]);
    assert_eq!(members.list().await.unwrap(), [owner, other, second]);
}

#[rstest]
#[tokio::test]
async fn a_member_joins_once_and_only_from_the_workspace(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;

    for refused in [member(1, ProjectRole::Viewer), member(4, ProjectRole::Viewer)] {
        let unit = world.open().await;
        let error = unit.project_members().insert(&refused).await.unwrap_err();

        assert!(matches!(error, StoreError::Conflict(_)), "{error:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_role_changes_while_the_membership_lasts(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let viewer = member(2, ProjectRole::Viewer);

    unit.project_members().update(&viewer).await.unwrap();
    let gone = unit.project_members().update(&member(3, ProjectRole::Viewer)).await;

    assert_eq!(unit.project_members().find(project_id(1), user_id(2)).await.unwrap(), Some(viewer));
    assert_eq!(gone, Err(StoreError::Stale));
}

#[rstest]
#[tokio::test]
async fn whoever_leaves_a_project_leaves_its_work(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let both = vec![user_id(1), user_id(2)];
    let phase = Phase { assignees: both.clone(), ..phase(1) };
    let item = Item { assignees: both.clone(), ..item(1, 1) };
    let task = Task { assignees: both, ..task(1, 1) };
    unit.phases().insert(&phase).await.unwrap();
    unit.items().insert(&item).await.unwrap();
    unit.tasks().insert(&task).await.unwrap();

    unit.project_members().delete(project_id(1), user_id(1)).await.unwrap();
    unit.project_members().delete(project_id(1), user_id(1)).await.unwrap();

    assert_eq!(unit.project_members().list().await.unwrap(), [member(2, ProjectRole::Owner)]);
    assert_eq!(unit.phases().find(phase.id).await.unwrap().unwrap().assignees, [user_id(2)]);
    assert_eq!(unit.items().find(item.id).await.unwrap().unwrap().assignees, [user_id(2)]);
    assert_eq!(unit.tasks().find(task.id).await.unwrap().unwrap().assignees, [user_id(2)]);
}
