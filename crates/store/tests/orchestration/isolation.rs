use guildhall_core::{Scope, StoreError};
use guildhall_orchestration::{
    Item, Phase, Project, ProjectFilter, Status, Task,
    testing::{
        application_item, item, item_id, phase, phase_id, project, project_id, task, task_id, user_id,
    },
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::{World, owner};
use crate::support::page;

/// A world in whose first workspace project 1 has a phase, an item with a product, and a task.
async fn with_board(on: Stack) -> World {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    let item = Item { content: application_item("Board", 1), assignees: vec![user_id(1)], ..item(1, 1) };
    unit.items().insert(&item).await.unwrap();
    unit.tasks().insert(&task(1, 1)).await.unwrap();
    unit.commit().await.unwrap();
    world
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_no_project_and_no_member(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_board(on).await;
    let there = world.write(Scope::Workspace(world.there)).await;

    let (projects, members) = (there.projects(), there.project_members());

    assert_eq!(projects.find(project_id(1)).await.unwrap(), None);
    let listed = projects.list(&ProjectFilter::default(), &page(50, None)).await.unwrap();
    assert!(listed.items.is_empty());
    assert!(projects.list_by_ids(&[project_id(1)]).await.unwrap().is_empty());
    assert!(projects.list_accounts().await.unwrap().is_empty());
    assert_eq!(members.find(project_id(1), user_id(1)).await.unwrap(), None);
    assert!(members.list().await.unwrap().is_empty());
    assert!(members.list_by_project(project_id(1)).await.unwrap().is_empty());
    assert!(members.list_by_user(user_id(1)).await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_nothing_of_a_board(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_board(on).await;
    let there = world.write(Scope::Workspace(world.there)).await;

    let (phases, items, tasks) = (there.phases(), there.items(), there.tasks());

    assert_eq!(phases.find(phase_id(1)).await.unwrap(), None);
    assert!(phases.list_by_project(project_id(1)).await.unwrap().is_empty());
    assert_eq!(items.find(item_id(1)).await.unwrap(), None);
    assert!(items.list_by_project(project_id(1)).await.unwrap().is_empty());
    assert!(items.list_by_phase(phase_id(1)).await.unwrap().is_empty());
    assert!(items.list_with_application(project_id(1)).await.unwrap().is_empty());
    assert!(items.list_products_in_use().await.unwrap().is_empty());
    assert!(phases.list_outlines(&[project_id(1)]).await.unwrap().is_empty());
    assert_eq!(tasks.find(task_id(1)).await.unwrap(), None);
    assert!(tasks.list_by_project(project_id(1)).await.unwrap().is_empty());
    assert!(tasks.list_by_item(item_id(1)).await.unwrap().is_empty());
    assert!(tasks.list_by_phase(phase_id(1)).await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn another_workspace_changes_and_deletes_nothing(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_board(on).await;
    let there = world.write(Scope::Workspace(world.there)).await;

    let refused = [
        there.projects().update(&project(1)).await,
        there.project_members().update(&owner(1)).await,
        there.phases().update(&phase(1), &Phase { name: project(1).name, ..phase(1) }).await,
        there.items().update(&item(1, 1), &Item { status: Status::Completed, ..item(1, 1) }).await,
        there.tasks().update(&task(1, 1), &Task { status: Status::Completed, ..task(1, 1) }).await,
    ];
    let locked = there.projects().update_board_version(project_id(1)).await.unwrap();
    there.tasks().delete(task_id(1)).await.unwrap();
    there.items().delete(item_id(1)).await.unwrap();
    there.phases().delete(phase_id(1)).await.unwrap();
    there.project_members().delete(project_id(1), user_id(1)).await.unwrap();
    there.commit().await.unwrap();

    assert!(refused.iter().all(|end| *end == Err(StoreError::Stale)), "{refused:?}");
    assert_eq!(locked, None);
    let here = world.open().await;
    assert_eq!(here.tasks().find(task_id(1)).await.unwrap(), Some(task(1, 1)));
    assert_eq!(here.items().find(item_id(1)).await.unwrap().unwrap().assignees, [user_id(1)]);
    assert!(here.project_members().find(project_id(1), user_id(1)).await.unwrap().is_some());
}

#[rstest]
#[tokio::test]
async fn the_same_ids_may_stand_in_two_workspaces(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_board(on).await;
    let there = world.write(Scope::Workspace(world.there)).await;
    let own_account = Project { account_id: project(2).account_id, ..project(1) };

    there.projects().insert(&own_account).await.unwrap();
    there.project_members().insert(&owner(4)).await.unwrap();
    there.phases().insert(&phase(1)).await.unwrap();
    there.items().insert(&item(1, 1)).await.unwrap();
    there.items().delete(item_id(1)).await.unwrap();

    assert_eq!(there.projects().find(project_id(1)).await.unwrap(), Some(own_account));
    assert_eq!(there.project_members().list().await.unwrap(), [owner(4)]);
    drop(there);
    let here = world.open().await;
    assert_eq!(here.tasks().find(task_id(1)).await.unwrap(), Some(task(1, 1)));
}

#[rstest]
#[tokio::test]
async fn the_platforms_scope_has_no_projects_at_all(#[values(Sqlite, Postgres)] on: Stack) {
    let world = with_board(on).await;
    let platform = world.write(Scope::Platform).await;

    let refused = platform.projects().find(project_id(1)).await;

    assert!(matches!(refused, Err(StoreError::Backend(_))), "{refused:?}");
}
