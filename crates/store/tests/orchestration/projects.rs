use guildhall_core::{RowVersion, Scope, StoreError};
use guildhall_orchestration::{
    Gating, Project, ProjectAccount, ProjectState,
    testing::{date, project, project_id, user_id},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;
use crate::support::parsed;

fn full(world: &World) -> Project {
    Project {
        description: Some(parsed("Spring,\nin two parts")),
        node_id: Some(world.node),
        start_date: Some(date(1)),
        due_date: Some(date(30)),
        state: ProjectState::Archived,
        archived_with: Some(world.node),
        gating: Gating::Strict,
        created_by: user_id(2),
        created_at: parsed("2026-03-04T05:06:07.089Z"),
        version: RowVersion::new(7),
        board_version: RowVersion::new(9),
        ..project(1)
    }
}

#[rstest]
#[tokio::test]
async fn a_project_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;

    unit.projects().insert(&full(&world)).await.unwrap();
    unit.projects().insert(&project(2)).await.unwrap();

    assert_eq!(unit.projects().find(project_id(1)).await.unwrap(), Some(full(&world)));
    assert_eq!(unit.projects().find(project_id(2)).await.unwrap(), Some(project(2)));
    assert_eq!(unit.projects().find(project_id(3)).await.unwrap(), None);
    let listed = unit.projects().list_by_ids(&[project_id(2), project_id(3), project_id(1)]).await.unwrap();
    assert_eq!(listed, [full(&world), project(2)]);
}

#[rstest]
#[tokio::test]
async fn the_directory_leads_from_a_projects_account_to_its_workspace(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;

    let platform = world.write(Scope::Platform).await;

    let found = platform.directory().find_account(project(1).account_id).await.unwrap();
    assert_eq!(found, Some(world.here));
}

#[rstest]
#[tokio::test]
async fn accounts_are_listed_with_their_place_in_the_tree(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.projects().insert(&full(&world)).await.unwrap();
    unit.projects().insert(&project(2)).await.unwrap();

    let accounts = unit.projects().list_accounts().await.unwrap();

    let of = |project: Project| ProjectAccount {
        project_id: project.id,
        account_id: project.account_id,
        node_id: project.node_id,
        state: project.state,
        archived_with: project.archived_with,
    };
    assert_eq!(accounts, [of(full(&world)), of(project(2))]);
}

#[rstest]
#[tokio::test]
async fn an_id_or_an_account_is_taken_once(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;

    for second in [project(1), Project { account_id: project(1).account_id, ..project(2) }] {
        let unit = world.open().await;
        let refused = unit.projects().insert(&second).await.unwrap_err();

        assert!(matches!(refused, StoreError::Conflict(_)), "{refused:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_node_of_another_workspace_is_no_node(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.write(Scope::Workspace(world.there)).await;

    let refused =
        unit.projects().insert(&Project { node_id: Some(world.node), ..project(1) }).await.unwrap_err();

    assert!(matches!(refused, StoreError::Conflict(_)), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn an_update_stores_all_but_the_boards_version_with_the_next_version(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let change = Project { version: RowVersion::FIRST, account_id: project(1).account_id, ..full(&world) };

    unit.projects().update(&change).await.unwrap();

    let stored = unit.projects().find(project_id(1)).await.unwrap();
    let expected = Project { version: RowVersion::new(2), board_version: RowVersion::FIRST, ..change };
    assert_eq!(stored, Some(expected));
}

#[rstest]
#[tokio::test]
async fn an_update_of_a_version_that_has_moved_on_changes_nothing(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let renamed = Project { name: parsed("Renamed"), ..project(1) };
    unit.projects().update(&renamed).await.unwrap();

    let late = unit.projects().update(&project(1)).await;
    let gone = unit.projects().update(&project(2)).await;

    assert_eq!((late, gone), (Err(StoreError::Stale), Err(StoreError::Stale)));
    assert_eq!(unit.projects().find(project_id(1)).await.unwrap().unwrap().name, renamed.name);
}

#[rstest]
#[tokio::test]
async fn raising_the_boards_version_answers_the_project_with_the_new_one(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::with_project(on).await;
    let unit = world.open().await;

    unit.projects().update_board_version(project_id(1)).await.unwrap();
    let raised = unit.projects().update_board_version(project_id(1)).await.unwrap();
    let gone = unit.projects().update_board_version(project_id(2)).await.unwrap();

    let stored = unit.projects().find(project_id(1)).await.unwrap().unwrap();
    assert_eq!((stored.version, stored.board_version), (RowVersion::FIRST, RowVersion::new(3)));
    assert_eq!((raised, gone), (Some(stored), None));
}
