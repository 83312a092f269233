//! A board that is read whole is what its parts are, and its stamp moves with all that it follows from.

use std::collections::BTreeMap;

use guildhall_core::Scope;
use guildhall_identity::User;
use guildhall_kernel::{BoardHeading, BoardRows, BoardStamp, UnitOfWork};
use guildhall_orchestration::{
    Attachment, Item, ItemContent, Phase, ProjectRole, Status, Task,
    testing::{
        application, application_item, item, item_id, phase, project, project_id, task, task_id, user_id,
    },
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;

use super::world::{World, owner};
use crate::support::parsed;

/// Phases, items and tasks with people on them, some put away, one item with a product; and another project beside.
async fn furnish(unit: &dyn UnitOfWork) {
    let two = vec![user_id(1), user_id(2)];
    let words = Phase { objective: Some(parsed("Why")), deliverables: Some(parsed("What")), ..phase(1) };
    let day = Some(parsed("2026-02-28"));
    unit.phases().insert(&Phase { assignees: two.clone(), start_date: day, ..words }).await.unwrap();
    // A day of the year 0, which PostgreSQL writes as one before the year 1.
    let early = Some(parsed("0000-02-29"));
    unit.phases().insert(&Phase { start_date: early, due_date: day, ..phase(2) }).await.unwrap();
    let mut used = application(1);
    used.config = json!({ "colour": "blüe" }).as_object().unwrap().clone();
    let mut content = application_item("Review", 1);
    if let ItemContent::Application { application, .. } = &mut content {
        *application = used;
    }
    let linked = ItemContent::Activity {
        name: parsed("Read \"it\""),
        description: Some(parsed("Once \\ twice\r\n\tthrice: Ä, \u{2028}, 🙂")),
        attachment: Attachment::Link(parsed("https://example.test/brief?a=%22b%22")),
    };
    let archived = Item { status: Status::Archived, restored_status: Some(Status::ToDo), ..item(3, 1) };
    let items = [
        Item { assignees: two.clone(), due_date: day, ..item(1, 1) },
        Item { content, status: Status::Completed, ..item(2, 2) },
        Item { content: linked, assignees: vec![user_id(2)], ..item(4, 2) },
        archived,
    ];
    for item in &items {
        unit.items().insert(item).await.unwrap();
    }
    let put_away = Task { status: Status::Archived, restored_status: Some(Status::ToDo), ..task(3, 1) };
    let tasks = [
        Task { assignees: two, description: Some(parsed("How")), due_date: day, ..task(1, 1) },
        task(2, 2),
        put_away,
    ];
    for task in &tasks {
        unit.tasks().insert(task).await.unwrap();
    }
    unit.projects().insert(&project(2)).await.unwrap();
    let elsewhere = Phase { project_id: project_id(2), ..phase(9) };
    unit.phases().insert(&elsewhere).await.unwrap();
    unit.items().insert(&Item { project_id: project_id(2), ..item(9, 9) }).await.unwrap();
}

fn in_order(mut rows: BoardRows) -> BoardRows {
    rows.phases.sort_by_key(|phase| phase.id);
    rows.items.sort_by_key(|item| item.id);
    rows.tasks.sort_by_key(|task| task.id);
    rows
}

#[rstest]
#[tokio::test]
async fn the_whole_is_what_the_parts_are(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    furnish(&*unit).await;

    let rows = in_order(unit.boards().list_rows(project_id(1)).await.unwrap());

    let (items, tasks) = (unit.items(), unit.tasks());
    assert_eq!(rows.phases, unit.phases().list_by_project(project_id(1)).await.unwrap());
    for (row, number) in rows.items.iter().zip([1, 2, 4]) {
        assert_eq!(row, &items.find(item_id(number)).await.unwrap().unwrap());
    }
    assert_eq!(rows.items.len(), 3);
    let [one, two] = [1, 2].map(task_id);
    assert_eq!(
        rows.tasks,
        [tasks.find(one).await.unwrap().unwrap(), tasks.find(two).await.unwrap().unwrap()]
    );
    let people: BTreeMap<_, _> =
        rows.people.iter().map(|(id, person)| (*id, person.email.to_string())).collect();
    let named = [1, 2].map(|number| (user_id(number), format!("user{number}@example.test")));
    assert_eq!(people, BTreeMap::from(named));
    let shown = &rows.applications[&application(1).product_version_id];
    let product = unit.products().find(application(1).product_id).await.unwrap().unwrap();
    assert_eq!((shown.product_id, &shown.product_name), (product.id, &product.name));
    assert!(rows.items[1].content.application().unwrap().config.contains_key("colour"));
}

#[rstest]
#[tokio::test]
async fn a_board_is_there_for_its_workspace_alone(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    furnish(&*unit).await;
    unit.commit().await.unwrap();

    let there = world.write(Scope::Workspace(world.there)).await;

    assert_eq!(there.boards().find_heading(project_id(1), Some(user_id(1))).await.unwrap(), None);
    assert_eq!(there.boards().list_rows(project_id(1)).await.unwrap(), BoardRows::default());
}

async fn heading(world: &World) -> BoardHeading {
    let unit = world.open().await;
    unit.boards().find_heading(project_id(1), Some(user_id(2))).await.unwrap().unwrap()
}

#[rstest]
#[tokio::test]
async fn the_heading_says_what_the_asker_is(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;

    let found = async |user| unit.boards().find_heading(project_id(1), user).await.unwrap().unwrap();

    assert_eq!(found(Some(user_id(2))).await.role, Some(ProjectRole::Owner));
    assert_eq!(found(Some(user_id(3))).await.role, None);
    assert_eq!(found(None).await.role, None);
    assert_eq!(found(None).await.project, unit.projects().find(project_id(1)).await.unwrap().unwrap());
}

/// What somebody changes, each in a unit of work of its own.
#[derive(Debug, Clone, Copy)]
enum Change {
    Project,
    Board,
    Name,
    Product,
    ProductVersion,
    Artifacts,
}

async fn change(world: &World, what: Change) {
    let scope = match what {
        Change::Product | Change::ProductVersion => Scope::System,
        _ => Scope::Workspace(world.here),
    };
    let unit = world.write(scope).await;
    match what {
        Change::Project => {
            let stored = unit.projects().find(project_id(1)).await.unwrap().unwrap();
            unit.projects().update(&stored).await.unwrap();
        }
        Change::Board => {
            unit.projects().update_board_version(project_id(1)).await.unwrap();
        }
        Change::Name => {
            let user: User = unit.users().find(user_id(1)).await.unwrap().unwrap();
            unit.users().update(&user).await.unwrap();
        }
        Change::Product => {
            let stored = unit.products().find(application(1).product_id).await.unwrap().unwrap();
            unit.products().update(&stored).await.unwrap();
        }
        Change::ProductVersion => {
            let id = application(1).product_version_id;
            let stored = unit.product_versions().find(id).await.unwrap().unwrap();
            unit.product_versions().update(&stored).await.unwrap();
        }
        Change::Artifacts => {
            unit.artifact_spaces().raise().await.unwrap();
        }
    }
    unit.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn the_stamp_moves_with_everything_that_a_board_shows(
    #[values(Sqlite, Postgres)] on: Stack,
    #[values(
        Change::Project,
        Change::Board,
        Change::Name,
        Change::Product,
        Change::ProductVersion,
        Change::Artifacts
    )]
    what: Change,
) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    furnish(&*unit).await;
    unit.commit().await.unwrap();
    let before: BoardStamp = heading(&world).await.stamp;
    assert_eq!(heading(&world).await.stamp, before, "nothing has changed");

    change(&world, what).await;

    assert_ne!(heading(&world).await.stamp, before);
}

#[rstest]
#[tokio::test]
async fn the_stamp_stays_where_something_else_changes(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    furnish(&*unit).await;
    unit.commit().await.unwrap();
    let before = heading(&world).await.stamp;

    let unit = world.open().await;
    let user = unit.users().find(user_id(3)).await.unwrap().unwrap();
    unit.users().update(&user).await.unwrap();
    unit.projects().update_board_version(project_id(2)).await.unwrap();
    unit.project_members()
        .insert(&guildhall_orchestration::ProjectMember { project_id: project_id(2), ..owner(3) })
        .await
        .unwrap();
    unit.commit().await.unwrap();

    assert_eq!(heading(&world).await.stamp, before);
}
