use guildhall_core::StoreError;
use guildhall_kernel::UnitOfWork;
use guildhall_orchestration::{
    AppUse, Attachment, Item, ItemContent, Phase, Status, Task,
    testing::{application, date, item, item_id, phase, phase_id, project_id, task, task_id, user_id},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;

use super::world::World;
use crate::support::parsed;

fn full_phase() -> Phase {
    Phase {
        objective: Some(parsed("Agree on the aim")),
        deliverables: Some(parsed("A brief\nA plan")),
        start_date: Some(date(1)),
        due_date: Some(date(2)),
        assignees: vec![user_id(1), user_id(2)],
        ..phase(1)
    }
}

fn full_task() -> Task {
    Task {
        description: Some(parsed("Read it twice")),
        status: Status::Archived,
        restored_status: Some(Status::InProgress),
        due_date: Some(date(3)),
        assignees: vec![user_id(1), user_id(2)],
        ..task(1, 1)
    }
}

fn configured() -> AppUse {
    let config = json!({ "mode": "dark", "columns": [1, 2.5, null], "nested": { "on": true } });
    AppUse { config: config.as_object().cloned().unwrap_or_default(), ..application(1) }
}

/// An item of each content that there is.
fn full_items() -> Vec<Item> {
    let activity = |attachment| ItemContent::Activity {
        name: parsed("Review"),
        description: Some(parsed("Together")),
        attachment,
    };
    let contents = [
        activity(Attachment::None),
        activity(Attachment::Link(parsed("https://example.test/brief?a=b"))),
        activity(Attachment::Application(configured())),
        ItemContent::Application { name: parsed("Board"), description: None, application: configured() },
    ];
    let full = |(number, content)| Item {
        content,
        status: Status::Archived,
        restored_status: Some(Status::Completed),
        due_date: Some(date(4)),
        assignees: vec![user_id(1), user_id(2)],
        ..item(number, 1)
    };
    (1..).zip(contents).map(full).collect()
}

async fn add_parents(unit: &dyn UnitOfWork) {
    unit.phases().insert(&phase(1)).await.unwrap();
    unit.phases().insert(&phase(2)).await.unwrap();
    unit.items().insert(&item(1, 1)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_phase_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;

    unit.phases().insert(&full_phase()).await.unwrap();
    unit.phases().insert(&phase(2)).await.unwrap();

    assert_eq!(unit.phases().find(phase_id(1)).await.unwrap(), Some(full_phase()));
    assert_eq!(unit.phases().find(phase_id(2)).await.unwrap(), Some(phase(2)));
    assert_eq!(unit.phases().find(phase_id(3)).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn an_item_of_each_kind_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();

    for item in full_items() {
        unit.items().insert(&item).await.unwrap();

        assert_eq!(unit.items().find(item.id).await.unwrap(), Some(item));
    }
    assert_eq!(unit.items().list_by_phase(phase_id(1)).await.unwrap(), full_items());
    assert_eq!(unit.items().find(item_id(9)).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn a_task_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    add_parents(&*unit).await;

    unit.tasks().insert(&full_task()).await.unwrap();
    unit.tasks().insert(&task(2, 1)).await.unwrap();

    assert_eq!(unit.tasks().find(task_id(1)).await.unwrap(), Some(full_task()));
    assert_eq!(unit.tasks().find(task_id(2)).await.unwrap(), Some(task(2, 1)));
    assert_eq!(unit.tasks().find(task_id(3)).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn every_field_of_a_card_can_change_and_be_cleared(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    add_parents(&*unit).await;
    unit.tasks().insert(&task(1, 1)).await.unwrap();

    for phase in [full_phase(), phase(1)] {
        let before = unit.phases().find(phase_id(1)).await.unwrap().unwrap();
        unit.phases().update(&before, &phase).await.unwrap();
        assert_eq!(unit.phases().find(phase_id(1)).await.unwrap(), Some(phase));
    }
    for content in full_items().into_iter().map(|item| item.content).chain([item(1, 1).content]) {
        let before = unit.items().find(item_id(1)).await.unwrap().unwrap();
        let changed = Item { content, ..item(1, 2) };
        unit.items().update(&before, &changed).await.unwrap();
        assert_eq!(unit.items().find(item_id(1)).await.unwrap(), Some(changed));
    }
    for task in [full_task(), task(1, 1)] {
        let before = unit.tasks().find(task_id(1)).await.unwrap().unwrap();
        unit.tasks().update(&before, &task).await.unwrap();
        assert_eq!(unit.tasks().find(task_id(1)).await.unwrap(), Some(task));
    }
}

#[rstest]
#[tokio::test]
async fn assignees_come_go_and_stay(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();

    for assignees in [vec![1], vec![1, 2], vec![2], vec![], vec![1, 2]] {
        let assignees = assignees.into_iter().map(user_id).collect();
        let before = unit.phases().find(phase_id(1)).await.unwrap().unwrap();
        let assigned = Phase { assignees, ..phase(1) };
        unit.phases().update(&before, &assigned).await.unwrap();

        assert_eq!(unit.phases().find(phase_id(1)).await.unwrap(), Some(assigned));
    }
}

#[rstest]
#[tokio::test]
async fn nobody_is_assigned_who_is_no_member_of_the_project(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;

    let refused = unit.phases().insert(&Phase { assignees: vec![user_id(3)], ..phase(1) }).await.unwrap_err();

    assert!(matches!(refused, StoreError::Conflict(_)), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn a_card_that_is_gone_is_not_updated(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;

    let phase = unit.phases().update(&phase(1), &full_phase()).await;
    let item = unit.items().update(&item(1, 1), &item(1, 2)).await;
    let task = unit.tasks().update(&task(1, 1), &full_task()).await;

    assert_eq!((phase, item, task), (Err(StoreError::Stale), Err(StoreError::Stale), Err(StoreError::Stale)));
}

#[rstest]
#[tokio::test]
async fn a_phase_with_items_is_not_deleted(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    add_parents(&*unit).await;

    unit.phases().delete(phase_id(2)).await.unwrap();
    unit.phases().delete(phase_id(2)).await.unwrap();
    let left = unit.phases().list_by_project(project_id(1)).await.unwrap();
    let refused = unit.phases().delete(phase_id(1)).await.unwrap_err();

    assert_eq!(left, [phase(1)]);
    assert!(matches!(refused, StoreError::Conflict(_)), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn an_item_goes_with_its_tasks_and_their_assignees(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    add_parents(&*unit).await;
    unit.items().insert(&Item { assignees: vec![user_id(1)], ..item(2, 1) }).await.unwrap();
    unit.tasks().insert(&Task { item_id: item_id(2), ..full_task() }).await.unwrap();
    unit.tasks().insert(&task(2, 1)).await.unwrap();

    unit.items().delete(item_id(2)).await.unwrap();
    unit.tasks().delete(task_id(9)).await.unwrap();

    assert_eq!(unit.items().find(item_id(2)).await.unwrap(), None);
    assert_eq!(unit.tasks().list_by_item(item_id(2)).await.unwrap(), []);
    assert_eq!(unit.tasks().list_by_item(item_id(1)).await.unwrap(), [task(2, 1)]);
}

#[rstest]
#[tokio::test]
async fn many_cards_are_added_as_one_is(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    let many: Vec<Item> = (1..=1_200).map(|number| item(number, 1)).collect();
    let tasks: Vec<Task> =
        (1..=3).map(|number| Task { assignees: vec![user_id(2)], ..task(number, 1) }).collect();
    let mut items = full_items();
    items.extend(many.into_iter().skip(items.len()));

    unit.items().insert_all(&items).await.unwrap();
    unit.tasks().insert_all(&tasks).await.unwrap();
    unit.tasks().insert_all(&[]).await.unwrap();

    assert_eq!(unit.items().list_by_phase(phase_id(1)).await.unwrap(), items);
    assert_eq!(unit.tasks().list_by_item(item_id(1)).await.unwrap(), tasks);
}
