use super::Fixture;
use crate::{
    CreateItem, Item, ItemPatch, MoveItem, OrchestrationError, OrchestrationStore, Phase, Place, Status,
    Thing,
    testing::{
        activity, application_item, date, item, item_id, phase, phase_id, project, project_id, task_id,
        user_id,
    },
};

fn new_item() -> CreateItem {
    CreateItem {
        phase_id: phase_id(1),
        content: activity("Write the brief"),
        due_date: Some(date(3)),
        assignees: vec![user_id(2)],
        place: Place::End,
    }
}

fn status(status: Status) -> ItemPatch {
    ItemPatch { status: Some(status), ..ItemPatch::default() }
}

#[tokio::test]
async fn a_new_item_is_to_do_and_stands_where_it_was_asked_to() {
    let fixture = Fixture::with_project();
    let command = CreateItem { place: Place::After(None), ..new_item() };

    let created = fixture.orchestration().create_item(&fixture.project().await, command).await.unwrap();

    let phase = fixture.orchestration().read_phase(fixture.phase(phase_id(1)).await).await.unwrap();
    let order: Vec<_> = phase.items.iter().map(|item| item.item.id).collect();
    assert_eq!((created.status, created.restored_status), (Status::ToDo, None));
    assert_eq!(order, [created.id, item_id(1), item_id(2)]);
}

#[tokio::test]
async fn only_members_can_be_assigned_to_an_item() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();
    let command = CreateItem { assignees: vec![user_id(9)], ..new_item() };
    let patch = ItemPatch { assignees: Some(vec![user_id(1), user_id(9)]), ..ItemPatch::default() };
    let refusal = OrchestrationError::NotAMember { user_ids: vec![user_id(9)] };

    let created = orchestration.create_item(&fixture.project().await, command).await;
    let updated =
        orchestration.update_item(&fixture.project().await, &fixture.item(item_id(1)).await, patch).await;

    assert_eq!(created, Err(refusal.clone()));
    assert_eq!(updated, Err(refusal));
}

#[tokio::test]
async fn a_patch_changes_only_what_it_names() {
    let fixture = Fixture::with_project();
    let patch = ItemPatch { due_date: Some(Some(date(4))), ..status(Status::InProgress) };

    let updated = fixture
        .orchestration()
        .update_item(&fixture.project().await, &fixture.item(item_id(1)).await, patch)
        .await
        .unwrap();

    assert_eq!(updated, Item { status: Status::InProgress, due_date: Some(date(4)), ..item(1, 1) });
    assert_eq!(fixture.store.items().find(item_id(1)).await.unwrap(), Some(updated));
}

#[tokio::test]
async fn an_item_is_archived_and_restored_by_its_own_acts_alone() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();
    orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(1)).await, status(Status::Completed))
        .await
        .unwrap();

    let entered = orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(1)).await, status(Status::Archived))
        .await;
    let archived =
        orchestration.archive_item(&fixture.project().await, &fixture.item(item_id(1)).await).await.unwrap();
    let left = orchestration
        .update_item(&fixture.project().await, &fixture.item(item_id(1)).await, status(Status::ToDo))
        .await;
    let restored =
        orchestration.restore_item(&fixture.project().await, &fixture.item(item_id(1)).await).await.unwrap();

    assert_eq!(entered, Err(OrchestrationError::UseArchive));
    assert_eq!(archived.status, Status::Archived);
    assert_eq!(left, Err(OrchestrationError::UseArchive));
    assert_eq!((restored.status, restored.restored_status), (Status::Completed, None));
}

#[tokio::test]
async fn an_archived_item_can_still_be_read_by_itself() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();
    orchestration.archive_item(&fixture.project().await, &fixture.item(item_id(1)).await).await.unwrap();

    let read = orchestration.read_item(fixture.item(item_id(1)).await).await.unwrap();

    assert_eq!(read.item.status, Status::Archived);
    assert_eq!(read.tasks.len(), 2);
    assert_eq!(fixture.board().await.item(item_id(1)), None);
}

#[tokio::test]
async fn a_deleted_item_takes_its_tasks_along() {
    let fixture = Fixture::with_project();

    fixture
        .orchestration()
        .delete_item(&fixture.project().await, &fixture.item(item_id(1)).await)
        .await
        .unwrap();

    assert_eq!(fixture.store.items().find(item_id(1)).await.unwrap(), None);
    assert_eq!(fixture.store.tasks().find(task_id(1)).await.unwrap(), None);
    assert!(fixture.store.tasks().find(task_id(3)).await.unwrap().is_some());
}

#[tokio::test]
async fn items_with_an_application_are_listed_while_they_live() {
    let uses = |number: u32| Item { content: application_item("App", 1), ..item(number, 2) };
    let fixture = Fixture::new(super::board_of(project(1)).with_items([uses(7), uses(8)]));
    fixture
        .orchestration()
        .archive_item(&fixture.project().await, &fixture.item(item_id(8)).await)
        .await
        .unwrap();

    let items = fixture.store.items().list_with_application(project_id(1)).await.unwrap();

    assert_eq!(items, [uses(7)]);
}

#[tokio::test]
async fn nothing_of_another_project_can_be_reached() {
    let store = super::board_of(project(1))
        .with_phases([Phase { project_id: project_id(2), ..phase(9) }])
        .with_items([Item { project_id: project_id(2), ..item(9, 9) }]);
    let fixture = Fixture::new(store);
    let orchestration = fixture.orchestration();
    let to_foreign = MoveItem { phase_id: phase_id(9), place: Place::End };

    let created = orchestration
        .create_item(&fixture.project().await, CreateItem { phase_id: phase_id(9), ..new_item() })
        .await;
    let moved =
        orchestration.move_item(&fixture.project().await, &fixture.item(item_id(1)).await, to_foreign).await;
    let found = orchestration.find_item(project_id(1), item_id(9)).await;

    assert_eq!(created, Err(OrchestrationError::NotFound(Thing::Phase)));
    assert_eq!(moved, Err(OrchestrationError::NotFound(Thing::Phase)));
    assert_eq!(found, Err(OrchestrationError::NotFound(Thing::Item)));
}

#[tokio::test]
async fn the_items_of_an_archived_project_stay_as_they_are() {
    let fixture = Fixture::with_archived_project();
    let orchestration = fixture.orchestration();
    let to_end = MoveItem { phase_id: phase_id(1), place: Place::End };

    let answers = [
        orchestration.create_item(&fixture.project().await, new_item()).await,
        orchestration
            .update_item(&fixture.project().await, &fixture.item(item_id(1)).await, ItemPatch::default())
            .await,
        orchestration.move_item(&fixture.project().await, &fixture.item(item_id(1)).await, to_end).await,
        orchestration.archive_item(&fixture.project().await, &fixture.item(item_id(1)).await).await,
        orchestration.restore_item(&fixture.project().await, &fixture.item(item_id(1)).await).await,
    ];
    let deleted = orchestration.delete_item(&fixture.project().await, &fixture.item(item_id(1)).await).await;

    assert!(answers.iter().all(|answer| *answer == Err(OrchestrationError::ProjectArchived)));
    assert_eq!(deleted, Err(OrchestrationError::ProjectArchived));
}
