//! Tasks.

use guildhall_core::TaskId;
use guildhall_orchestration::{MoveTask, OrchestrationError, Place, Progress, Status, TaskPatch};

use super::{Team, activity, is_orchestration, refusal, task};
use crate::support::parsed;

async fn add(team: &Team, title: &str) -> TaskId {
    let command = task(team.item, title);
    let made = team.world.kernel.create_task(&team.contributor(), team.project, command).await.unwrap();
    made.into_inner().task.id
}

#[tokio::test]
async fn tasks_count_towards_their_item_and_leave_its_status_alone() {
    let team = Team::new().await;
    add(&team, "Type").await;
    let done = TaskPatch { status: Some(Status::Completed), ..TaskPatch::default() };

    team.world.kernel.update_task(&team.contributor(), team.project, team.task, done).await.unwrap();

    let item = team.world.kernel.find_item(&team.viewer(), team.project, team.item).await.unwrap().item;
    assert_eq!((item.progress, item.item.status), (Progress { done: 1, total: 2 }, Status::ToDo));
}

#[tokio::test]
async fn an_archived_task_leaves_the_board_and_comes_back_as_it_was() {
    let team = Team::new().await;
    let (kernel, ask, project) = (&team.world.kernel, team.contributor(), team.project);
    let begun = TaskPatch { status: Some(Status::InProgress), ..TaskPatch::default() };
    kernel.update_task(&ask, project, team.task, begun).await.unwrap();

    kernel.archive_task(&ask, project, team.task).await.unwrap();
    let item = kernel.find_item(&ask, project, team.item).await.unwrap().item;
    let found = kernel.find_task(&ask, project, team.task).await.unwrap().task;
    let restored = kernel.restore_task(&ask, project, team.task).await.unwrap().into_inner().task;

    assert!(item.tasks.is_empty());
    assert_eq!((found.status, restored.status), (Status::Archived, Status::InProgress));
    assert_eq!(team.newest().await.kind, "task.restored");
}

#[tokio::test]
async fn archived_is_no_status_to_be_given() {
    let team = Team::new().await;
    let before = team.mark().await;
    let archived = TaskPatch { status: Some(Status::Archived), ..TaskPatch::default() };

    let refused = team.world.kernel.update_task(&team.owner(), team.project, team.task, archived).await;

    assert!(is_orchestration(refused, &OrchestrationError::UseArchive));
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn a_task_moves_inside_its_item_and_to_another() {
    let team = Team::new().await;
    let (kernel, ask, project) = (&team.world.kernel, team.contributor(), team.project);
    let second = add(&team, "Type").await;
    let other = team.add_item(team.phase, activity("Check")).await;
    let first = MoveTask { item_id: team.item, place: Place::Before(team.task) };
    let across = MoveTask { item_id: other, place: Place::End };
    let astray = MoveTask { item_id: other, place: Place::After(Some(team.task)) };

    kernel.move_task(&ask, project, second, first).await.unwrap();
    let item = kernel.find_item(&ask, project, team.item).await.unwrap().item;
    let refused = kernel.move_task(&ask, project, second, astray).await;
    let moved = kernel.move_task(&ask, project, second, across).await.unwrap().into_inner();

    assert_eq!(item.tasks.iter().map(|task| task.id).collect::<Vec<_>>(), [second, team.task]);
    assert!(is_orchestration(refused, &OrchestrationError::NotANeighbour));
    assert_eq!(moved.task.item_id, other);
}

#[tokio::test]
async fn a_deleted_task_is_gone_and_remembered_by_the_feed() {
    let team = Team::new().await;

    team.world.kernel.delete_task(&team.owner(), team.project, team.task).await.unwrap();

    let found = team.world.kernel.find_task(&team.owner(), team.project, team.task).await;
    assert_eq!(refusal(found), "not found");
    let newest = team.newest().await;
    let title = newest.changes.iter().find(|change| change.field == "title").unwrap();
    assert_eq!((newest.kind.as_str(), title.before.as_deref()), ("task.deleted", Some("\"Think\"")));
    assert_eq!(newest.subject.name, Some(parsed("Think")));
}
