//! What strict gating holds back, and what it leaves alone.

use rstest::rstest;

use super::{Fixture, board_of};
use crate::{
    Gating, Item, ItemPatch, MoveItem, OrchestrationError, OrchestrationStore, Place, Project, Status,
    TaskPatch,
    testing::{MemoryStore, item, item_id, phase, phase_id, project, task_id},
};

fn strict() -> Project {
    Project { gating: Gating::Strict, ..project(1) }
}

fn not_reached() -> OrchestrationError {
    OrchestrationError::PhaseNotReached { current: phase_id(1), name: phase(1).name }
}

fn to(status: Status) -> ItemPatch {
    ItemPatch { status: Some(status), ..ItemPatch::default() }
}

/// The board with items 1 and 2 in phase 1 and item 3 in phase 2, some of them otherwise than to do.
fn board(project: Project, others: impl IntoIterator<Item = Item>) -> MemoryStore {
    board_of(project).with_items(others)
}

#[rstest]
#[tokio::test]
async fn an_item_of_a_later_phase_is_not_begun(
    #[values(Status::InProgress, Status::Completed)] to_be: Status,
) {
    let fixture = Fixture::new(board(strict(), []));

    let refused = fixture
        .orchestration()
        .update_item(&fixture.project().await, &fixture.item(item_id(3)).await, to(to_be))
        .await;

    assert_eq!(refused, Err(not_reached()));
    let stored = fixture.store.items().find(item_id(3)).await.unwrap();
    assert_eq!(stored, Some(item(3, 2)));
}

#[tokio::test]
async fn advice_lets_it_begin_and_marks_it() {
    let fixture = Fixture::new(board(project(1), []));
    let orchestration = fixture.orchestration();

    orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(3)).await, to(Status::InProgress))
        .await
        .unwrap();

    assert!(orchestration.read_item(fixture.item(item_id(3)).await).await.unwrap().ahead);
}

#[tokio::test]
async fn the_next_phase_is_reached_when_the_last_item_before_it_is_completed() {
    let fixture = Fixture::new(board(strict(), [Item { status: Status::Completed, ..item(1, 1) }]));
    let orchestration = fixture.orchestration();

    orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(2)).await, to(Status::Completed))
        .await
        .unwrap();
    let begun = orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(3)).await, to(Status::InProgress))
        .await;

    assert!(begun.is_ok());
}

#[tokio::test]
async fn a_begun_item_does_not_move_into_a_later_phase() {
    let begun = Item { status: Status::InProgress, ..item(1, 1) };
    let fixture = Fixture::new(board(strict(), [begun]));
    let orchestration = fixture.orchestration();
    let destination = MoveItem { phase_id: phase_id(2), place: Place::End };

    let refused =
        orchestration.move_item(&fixture.project().await, &fixture.item(item_id(1)).await, destination).await;
    let not_begun =
        orchestration.move_item(&fixture.project().await, &fixture.item(item_id(2)).await, destination).await;

    assert_eq!(refused, Err(not_reached()));
    assert!(not_begun.is_ok());
}

#[tokio::test]
async fn the_last_item_of_the_current_phase_does_not_take_it_along() {
    let store = MemoryStore::default()
        .with_projects([strict()])
        .with_phases([phase(1), phase(2)])
        .with_items([Item { status: Status::InProgress, ..item(1, 1) }]);
    let fixture = Fixture::new(store);
    let destination = MoveItem { phase_id: phase_id(2), place: Place::End };

    let refused = fixture
        .orchestration()
        .move_item(&fixture.project().await, &fixture.item(item_id(1)).await, destination)
        .await;

    assert_eq!(refused, Err(not_reached()));
}

#[tokio::test]
async fn restoring_does_not_begin_an_item_of_a_later_phase() {
    let put_away = |status| Item { status: Status::Archived, restored_status: Some(status), ..item(3, 2) };
    for (status, expected) in [(Status::InProgress, Some(not_reached())), (Status::ToDo, None)] {
        let fixture = Fixture::new(board(strict(), [put_away(status)]));

        let restored = fixture
            .orchestration()
            .restore_item(&fixture.project().await, &fixture.item(item_id(3)).await)
            .await;

        assert_eq!(restored.err(), expected);
    }
}

#[tokio::test]
async fn what_is_ahead_already_goes_on() {
    let fixture = Fixture::new(board(strict(), [Item { status: Status::InProgress, ..item(3, 2) }]));
    let orchestration = fixture.orchestration();

    orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(3)).await, to(Status::Completed))
        .await
        .unwrap();
    orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(3)).await, to(Status::InProgress))
        .await
        .unwrap();
    orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(3)).await, to(Status::ToDo))
        .await
        .unwrap();
    let again = orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(3)).await, to(Status::InProgress))
        .await;

    assert_eq!(again, Err(not_reached()));
}

#[tokio::test]
async fn tasks_are_worked_on_before_their_phase_has_come() {
    let fixture = Fixture::new(board(strict(), []));
    let patch = TaskPatch { status: Some(Status::Completed), ..TaskPatch::default() };

    let done = fixture
        .orchestration()
        .update_task(&fixture.project().await, &fixture.task(task_id(3)).await, patch)
        .await;

    assert!(done.is_ok());
}
