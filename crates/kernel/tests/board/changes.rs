//! Many changes at once.

use guildhall_core::{ItemId, PageRequest, TaskId};
use guildhall_kernel::{
    ActivityQuery, BoardChange, ItemChange, KernelError, PhaseChange, Request, TaskChange,
};
use guildhall_orchestration::{
    Gating, ItemPatch, MoveTask, OrchestrationError, Place, ProjectPatch, Status, TaskPatch,
};

use super::{Team, activity, item, phase, refusal, task};
use crate::support::parsed;

fn status(id: ItemId, status: Status) -> BoardChange {
    ItemChange::Update(id, ItemPatch { status: Some(status), ..ItemPatch::default() }).into()
}

fn done(id: TaskId) -> BoardChange {
    TaskChange::Update(id, TaskPatch { status: Some(Status::Completed), ..TaskPatch::default() }).into()
}

/// Which change was refused, and why.
fn refused<T>(result: Result<T, KernelError>) -> Vec<(usize, String)> {
    match result {
        Err(KernelError::InChanges { refused }) => {
            refused.into_iter().map(|(at, error)| (at, refusal::<()>(Err(error)))).collect()
        }
        other => vec![(usize::MAX, refusal(other))],
    }
}

#[tokio::test]
async fn changes_are_made_in_their_order_each_with_its_event() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let (seq, version, _) = team.mark().await;
    let changes = vec![
        PhaseChange::Create(phase("Later")).into(),
        ItemChange::Create(item(team.phase, activity("Second"))).into(),
        done(team.task),
        status(team.item, Status::InProgress),
        ItemChange::Archive(team.item).into(),
    ];

    let made = kernel.change_board(&owner, project, changes).await.unwrap().into_inner();

    let kinds: Vec<&str> = made.events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["phase.created", "item.created", "task.changed", "item.changed", "item.archived"]);
    assert_eq!(made.version, Some(version.next()));
    assert_eq!(team.mark().await.0, seq + 5);
    let item = kernel.find_item(&owner, project, team.item).await.unwrap().item.item;
    assert_eq!((item.status, item.restored_status), (Status::Archived, Some(Status::InProgress)));
    let page = PageRequest { limit: 5, after: None };
    let feed = kernel.list_activity(&owner, project, &ActivityQuery::default(), &page).await.unwrap().items;
    assert!(made.events.iter().rev().eq(feed.iter().map(|shown| &shown.event)));
}

#[tokio::test]
async fn one_that_is_refused_undoes_all() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let before = team.mark().await;
    let nowhere = MoveTask { item_id: team.item, place: Place::After(Some(TaskId::new(team.item.uuid()))) };
    let changes = vec![
        status(team.item, Status::Completed),
        done(team.task),
        TaskChange::Move(team.task, nowhere).into(),
        status(ItemId::new(team.task.uuid()), Status::Completed),
    ];

    let outcome = kernel.change_board(&owner, project, changes).await;

    let why = OrchestrationError::NotANeighbour.to_string();
    assert_eq!(refused(outcome), [(2, why)]);
    assert_eq!(team.mark().await, before);
    let item = kernel.find_item(&owner, project, team.item).await.unwrap().item;
    assert_eq!((item.item.status, item.progress.done), (Status::ToDo, 0));
}

#[tokio::test]
async fn every_change_asks_for_the_rights_that_it_asks_for_alone() {
    let team = Team::new().await;
    let (kernel, ask, project) = (&team.world.kernel, team.contributor(), team.project);
    let before = team.mark().await;
    let allowed = vec![status(team.item, Status::InProgress), done(team.task)];
    let mixed =
        vec![PhaseChange::Delete(team.phase).into(), done(team.task), ItemChange::Archive(team.item).into()];
    let assigning = ItemPatch { assignees: Some(vec![team.viewer.id]), ..ItemPatch::default() };

    let of_both = refused(kernel.change_board(&ask, project, mixed).await);
    let of_assigning = refused(
        kernel.change_board(&ask, project, vec![ItemChange::Update(team.item, assigning).into()]).await,
    );
    let of_viewer = refused(kernel.change_board(&team.viewer(), project, allowed.clone()).await);
    let of_stranger = refused(kernel.change_board(&team.stranger(), project, allowed.clone()).await);

    let edit = || "WORKFLOW_EDIT".to_owned();
    assert_eq!(of_both, [(0, edit()), (2, edit())]);
    assert_eq!(of_assigning, [(0, "WORKFLOW_ASSIGN".to_owned())]);
    assert_eq!(of_viewer, [(0, "ITEM_EDIT".to_owned()), (1, "TASK_EDIT".to_owned())]);
    assert_eq!(of_stranger, [(usize::MAX, "not found".to_owned())]);
    assert_eq!(team.mark().await, before);
    assert!(kernel.change_board(&ask, project, allowed).await.is_ok());
}

#[tokio::test]
async fn gating_holds_among_changes_in_the_order_in_which_they_are_made() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let later = team.add_phase("Later").await;
    let next = team.add_item(later, activity("Print")).await;
    let strict = ProjectPatch { gating: Some(Gating::Strict), ..ProjectPatch::default() };
    kernel.update_project(&owner, project, strict).await.unwrap();
    let (finish, begin) = (status(team.item, Status::Completed), status(next, Status::InProgress));

    let too_early = kernel.change_board(&owner, project, vec![begin.clone(), finish.clone()]).await;
    let in_order = kernel.change_board(&owner, project, vec![finish, begin]).await;

    assert_eq!(refused(too_early)[0].0, 0);
    assert!(in_order.is_ok());
}

#[tokio::test]
async fn a_repeated_request_does_nothing_and_answers_the_same() {
    let team = Team::new().await;
    let key = Some("bulk-1".parse().unwrap());
    let ask = Request { idempotency_key: key, body_hash: [7; 32], ..team.owner() };
    let changes = vec![
        ItemChange::Create(item(team.phase, activity("Second"))).into(),
        TaskChange::Create(task(team.item, "More")).into(),
    ];

    let first = team.world.kernel.change_board(&ask, team.project, changes.clone()).await.unwrap();
    let after = team.mark().await;
    let second = team.world.kernel.change_board(&ask, team.project, changes).await.unwrap();

    assert!(!first.is_replayed() && second.is_replayed());
    let (first, second) = (first.into_inner(), second.into_inner());
    assert_eq!(first.events, second.events);
    assert!(first.version.is_some() && second.version.is_none(), "others may have come since");
    assert_eq!(team.mark().await, after);
}

#[tokio::test]
async fn there_are_between_one_and_a_hundred_changes() {
    let team = Team::new().await;
    let kernel = &team.world.kernel;
    let renamed = ItemPatch { name: Some(parsed("Name")), ..ItemPatch::default() };
    let change = || BoardChange::from(ItemChange::Update(team.item, renamed.clone()));

    for (count, word) in [(0, "too_many_changes"), (100, "done"), (101, "too_many_changes")] {
        let changes = std::iter::repeat_with(change).take(count).collect();
        assert_eq!(refusal(kernel.change_board(&team.owner(), team.project, changes).await), word);
    }
}

#[tokio::test]
async fn a_board_that_has_moved_on_is_not_changed() {
    let team = Team::new().await;
    let ask = team.owner_with_stale_tag();

    let outcome = team.world.kernel.change_board(&ask, team.project, vec![done(team.task)]).await;

    assert!(super::is_stale(&outcome));
}
