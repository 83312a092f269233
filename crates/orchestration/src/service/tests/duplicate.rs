//! Copies.

use super::Fixture;
use crate::{
    Item, OrchestrationError, OrchestrationStore, Status, Task,
    testing::{date, item, item_id, phase, phase_id, task, task_id, user_id},
};

#[tokio::test]
async fn a_copied_task_stands_after_its_original_and_is_to_do() {
    let fixture = Fixture::with_project();
    let original = Task {
        status: Status::Completed,
        due_date: Some(date(3)),
        assignees: vec![user_id(2)],
        ..task(1, 1)
    };
    fixture.store.tasks().update(&original, &original).await.unwrap();

    let copy = fixture
        .orchestration()
        .duplicate_task(&fixture.project().await, &fixture.task(task_id(1)).await)
        .await
        .unwrap();

    let expected =
        Task { id: copy.id, status: Status::ToDo, position: copy.position.clone(), ..original.clone() };
    assert_eq!(copy, expected);
    assert!(original.position < copy.position && copy.position < task(2, 1).position);
}

#[tokio::test]
async fn a_copied_item_has_copies_of_its_live_tasks() {
    let fixture = Fixture::with_project();
    let done = Task { status: Status::Completed, ..task(1, 1) };
    let put_away = Task { status: Status::Archived, restored_status: Some(Status::ToDo), ..task(2, 1) };
    for task in [&done, &put_away] {
        fixture.store.tasks().update(task, task).await.unwrap();
    }

    let copy = fixture
        .orchestration()
        .duplicate_item(&fixture.project().await, &fixture.item(item_id(1)).await)
        .await
        .unwrap();

    assert!(item(1, 1).position < copy.item.position && copy.item.position < item(2, 1).position);
    let [task] = copy.tasks.as_slice() else { panic!("{:?}", copy.tasks) };
    assert_eq!((task.item_id, task.status, &task.title), (copy.item.id, Status::ToDo, &done.title));
    assert_eq!(fixture.store.tasks().list_by_item(item_id(1)).await.unwrap(), [done, put_away]);
}

#[tokio::test]
async fn a_copied_phase_has_copies_of_what_lives_in_it_in_the_same_order() {
    let fixture = Fixture::with_project();
    let put_away = Item { status: Status::Archived, restored_status: Some(Status::InProgress), ..item(2, 1) };
    fixture.store.items().update(&put_away, &put_away).await.unwrap();
    fixture.store.items().insert(&item(4, 1)).await.unwrap();

    let copy = fixture
        .orchestration()
        .duplicate_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await)
        .await
        .unwrap();

    assert!(phase(1).position < copy.phase.position && copy.phase.position < phase(2).position);
    let names: Vec<&str> = copy.items.iter().map(|item| item.content.name().as_str()).collect();
    assert_eq!(names, ["Item 1", "Item 4"]);
    assert!(copy.items.iter().all(|item| item.phase_id == copy.phase.id));
    let board = fixture.board().await;
    let order: Vec<_> = board.phases.iter().map(|phase| phase.phase.id).collect();
    assert_eq!(order, [phase_id(1), copy.phase.id, phase_id(2)]);
    assert_eq!(board.phases[1].items[0].tasks.len(), 2);
}

#[tokio::test]
async fn nothing_is_copied_in_an_archived_project() {
    let fixture = Fixture::with_archived_project();
    let orchestration = fixture.orchestration();

    let refused = [
        orchestration
            .duplicate_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await)
            .await
            .err(),
        orchestration.duplicate_item(&fixture.project().await, &fixture.item(item_id(1)).await).await.err(),
        orchestration.duplicate_task(&fixture.project().await, &fixture.task(task_id(1)).await).await.err(),
    ];

    assert!(refused.iter().all(|error| *error == Some(OrchestrationError::ProjectArchived)));
}
