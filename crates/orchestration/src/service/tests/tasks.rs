use super::Fixture;
use crate::{
    CreateTask, MoveTask, OrchestrationError, OrchestrationStore, Place, Position, Progress, Status, Task,
    TaskPatch, Thing,
    testing::{MemoryStore, item, item_id, phase, project, project_id, task, task_id, user_id},
};

fn new_task() -> CreateTask {
    CreateTask {
        item_id: item_id(1),
        title: "Collect the numbers".parse().unwrap(),
        description: None,
        due_date: None,
        assignees: vec![],
        place: Place::End,
    }
}

fn status(status: Status) -> TaskPatch {
    TaskPatch { status: Some(status), ..TaskPatch::default() }
}

async fn order(fixture: &Fixture, item: u32) -> Vec<guildhall_core::TaskId> {
    let item = fixture.orchestration().read_item(fixture.item(item_id(item)).await).await.unwrap();
    item.tasks.iter().map(|task| task.id).collect()
}

#[tokio::test]
async fn a_new_task_is_to_do_and_stands_where_it_was_asked_to() {
    let fixture = Fixture::with_project();
    let command = CreateTask { place: Place::Before(task_id(2)), ..new_task() };

    let created = fixture.orchestration().create_task(&fixture.project().await, command).await.unwrap();

    assert_eq!(created.status, Status::ToDo);
    assert_eq!(order(&fixture, 1).await, [task_id(1), created.id, task_id(2)]);
}

#[tokio::test]
async fn a_completed_task_counts_for_its_item_and_leaves_its_status() {
    let fixture = Fixture::with_project();

    fixture
        .orchestration()
        .update_task(&fixture.project().await, &fixture.task(task_id(1)).await, status(Status::Completed))
        .await
        .unwrap();

    let item = fixture.orchestration().read_item(fixture.item(item_id(1)).await).await.unwrap();
    assert_eq!(item.progress, Progress { done: 1, total: 2 });
    assert_eq!(item.item.status, Status::ToDo);
}

#[tokio::test]
async fn only_members_can_be_assigned_to_a_task() {
    let fixture = Fixture::with_project();
    let assigned = |number: u32| TaskPatch { assignees: Some(vec![user_id(number)]), ..TaskPatch::default() };

    let updated = fixture
        .orchestration()
        .update_task(&fixture.project().await, &fixture.task(task_id(1)).await, assigned(2))
        .await;
    let refused = fixture
        .orchestration()
        .update_task(&fixture.project().await, &fixture.task(task_id(1)).await, assigned(9))
        .await;

    assert_eq!(updated, Ok(Task { assignees: vec![user_id(2)], ..task(1, 1) }));
    assert_eq!(refused, Err(OrchestrationError::NotAMember { user_ids: vec![user_id(9)] }));
}

#[tokio::test]
async fn a_task_moves_to_another_item() {
    let fixture = Fixture::with_project();
    let command = MoveTask { item_id: item_id(3), place: Place::Before(task_id(3)) };

    fixture
        .orchestration()
        .move_task(&fixture.project().await, &fixture.task(task_id(1)).await, command)
        .await
        .unwrap();

    assert_eq!(order(&fixture, 1).await, [task_id(2)]);
    assert_eq!(order(&fixture, 3).await, [task_id(1), task_id(3)]);
}

#[tokio::test]
async fn a_task_moves_inside_its_item_or_stays_where_it_stands() {
    let fixture = Fixture::with_project();
    let place = async |id, place| {
        let command = MoveTask { item_id: item_id(1), place };
        let (project, task) = (fixture.project().await, fixture.task(task_id(id)).await);
        fixture.orchestration().move_task(&project, &task, command).await.unwrap()
    };

    let stayed = [
        place(2, Place::After(Some(task_id(2)))).await,
        place(2, Place::After(Some(task_id(1)))).await,
        place(2, Place::End).await,
    ];
    let before = order(&fixture, 1).await;
    place(2, Place::After(None)).await;

    assert!(stayed.iter().all(|moved| *moved == task(2, 1)), "{stayed:?}");
    assert_eq!(before, [task_id(1), task_id(2)]);
    assert_eq!(order(&fixture, 1).await, [task_id(2), task_id(1)]);
}

#[tokio::test]
async fn tasks_whose_positions_grew_too_long_get_short_ones_in_the_same_order() {
    let lower = Position::first();
    let mut upper = lower.after();
    while upper.length() < Position::MAX {
        upper = Position::between(Some(&lower), Some(&upper)).unwrap();
    }
    let crowded = [
        Task { position: lower, ..task(1, 1) },
        Task { position: upper, ..task(2, 1) },
        Task { position: Position::first().after(), ..task(3, 1) },
    ];
    let store = MemoryStore::default().with_projects([project(1)]).with_phases([phase(1)]);
    let fixture = Fixture::new(store.with_items([item(1, 1)]).with_tasks(crowded));
    let place = async |id, place| {
        let command = MoveTask { item_id: item_id(1), place };
        let (project, task) = (fixture.project().await, fixture.task(task_id(id)).await);
        fixture.orchestration().move_task(&project, &task, command).await.unwrap();
    };

    for _ in 0..200 {
        place(3, Place::Before(task_id(2))).await;
        place(2, Place::Before(task_id(3))).await;
    }

    let tasks = fixture.store.tasks().list_by_item(item_id(1)).await.unwrap();
    let longest = tasks.iter().map(|task| task.position.length()).max();
    assert!(longest < Some(Position::MAX / 2), "{longest:?}");
    assert_eq!(order(&fixture, 1).await, [task_id(1), task_id(2), task_id(3)]);
}

#[tokio::test]
async fn a_task_of_another_item_is_no_neighbour() {
    let fixture = Fixture::with_project();
    let command = MoveTask { item_id: item_id(1), place: Place::After(Some(task_id(3))) };

    let refused = fixture
        .orchestration()
        .move_task(&fixture.project().await, &fixture.task(task_id(1)).await, command)
        .await;

    assert_eq!(refused, Err(OrchestrationError::NotANeighbour));
}

#[tokio::test]
async fn a_task_is_archived_and_restored_by_its_own_acts_alone() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();
    orchestration
        .update_task(&fixture.project().await, &fixture.task(task_id(1)).await, status(Status::InProgress))
        .await
        .unwrap();

    let entered = orchestration
        .update_task(&fixture.project().await, &fixture.task(task_id(1)).await, status(Status::Archived))
        .await;
    orchestration.archive_task(&fixture.project().await, &fixture.task(task_id(1)).await).await.unwrap();
    let while_archived = order(&fixture, 1).await;
    let restored =
        orchestration.restore_task(&fixture.project().await, &fixture.task(task_id(1)).await).await.unwrap();

    assert_eq!(entered, Err(OrchestrationError::UseArchive));
    assert_eq!(while_archived, [task_id(2)]);
    assert_eq!(restored, Task { status: Status::InProgress, ..task(1, 1) });
}

#[tokio::test]
async fn a_deleted_task_is_gone() {
    let fixture = Fixture::with_project();

    fixture
        .orchestration()
        .delete_task(&fixture.project().await, &fixture.task(task_id(1)).await)
        .await
        .unwrap();

    assert_eq!(fixture.store.tasks().find(task_id(1)).await.unwrap(), None);
}

#[tokio::test]
async fn a_task_of_another_project_is_not_found() {
    let foreign = Task { project_id: project_id(2), ..task(9, 9) };
    let fixture = Fixture::new(super::board_of(project(1)).with_tasks([foreign]));

    let refused = fixture.orchestration().find_task(project_id(1), task_id(9)).await;

    assert_eq!(refused, Err(OrchestrationError::NotFound(Thing::Task)));
}

#[tokio::test]
async fn the_tasks_of_an_archived_project_stay_as_they_are() {
    let fixture = Fixture::with_archived_project();
    let orchestration = fixture.orchestration();
    let to_end = MoveTask { item_id: item_id(1), place: Place::End };

    let answers = [
        orchestration.create_task(&fixture.project().await, new_task()).await,
        orchestration
            .update_task(&fixture.project().await, &fixture.task(task_id(1)).await, TaskPatch::default())
            .await,
        orchestration.move_task(&fixture.project().await, &fixture.task(task_id(1)).await, to_end).await,
        orchestration.archive_task(&fixture.project().await, &fixture.task(task_id(1)).await).await,
        orchestration.restore_task(&fixture.project().await, &fixture.task(task_id(1)).await).await,
    ];
    let deleted = orchestration.delete_task(&fixture.project().await, &fixture.task(task_id(1)).await).await;

    assert!(answers.iter().all(|answer| *answer == Err(OrchestrationError::ProjectArchived)));
    assert_eq!(deleted, Err(OrchestrationError::ProjectArchived));
}
