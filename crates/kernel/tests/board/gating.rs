//! Gating: what of a later phase may begin.

use guildhall_kernel::{CanvasQuery, KernelError, ProjectShown};
use guildhall_orchestration::{
    Gating, ItemPatch, MoveItem, OrchestrationError, Place, ProjectPatch, Status, TaskPatch,
};

use super::{Team, activity, is_orchestration};
use crate::support::parsed;

fn to(status: Status) -> ItemPatch {
    ItemPatch { status: Some(status), ..ItemPatch::default() }
}

async fn gate(team: &Team, gating: Gating) -> Result<ProjectShown, KernelError> {
    let patch = ProjectPatch { gating: Some(gating), ..ProjectPatch::default() };
    team.world.kernel.update_project(&team.owner(), team.project, patch).await
}

fn not_reached(team: &Team) -> OrchestrationError {
    OrchestrationError::PhaseNotReached { current: team.phase, name: parsed("Draft") }
}

#[tokio::test]
async fn gating_is_advice_until_its_owner_says_otherwise() {
    let team = Team::new().await;
    let read = team.world.kernel.find_project(&team.viewer(), team.project).await.unwrap();

    let shown = gate(&team, Gating::Strict).await.unwrap();

    assert_eq!((read.project.gating, shown.project.gating), (Gating::Advisory, Gating::Strict));
    assert_eq!(shown.current_phase, Some(team.phase));
    let newest = team.newest().await;
    let change = &newest.changes[0];
    assert_eq!((newest.kind.as_str(), change.field.as_str()), ("project.changed", "gating"));
    assert_eq!(change.after.as_deref(), Some("\"STRICT\""));
}

#[tokio::test]
async fn nothing_of_a_later_phase_begins_under_strict_gating() {
    let team = Team::new().await;
    let (kernel, ask, project) = (&team.world.kernel, team.contributor(), team.project);
    let later = team.add_phase("Later").await;
    let item = team.add_item(later, activity("Print")).await;
    gate(&team, Gating::Strict).await.unwrap();
    kernel.update_item(&ask, project, team.item, to(Status::InProgress)).await.unwrap();
    let before = team.mark().await;

    let begun = kernel.update_item(&ask, project, item, to(Status::InProgress)).await;
    let done = kernel.update_item(&ask, project, item, to(Status::Completed)).await;
    let destination = MoveItem { phase_id: later, place: Place::End };
    let moved = kernel.move_item(&team.owner(), project, team.item, destination).await;

    assert!(is_orchestration(begun, &not_reached(&team)));
    assert!(is_orchestration(done, &not_reached(&team)));
    assert!(is_orchestration(moved, &not_reached(&team)));
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn a_restored_item_of_a_later_phase_has_not_begun() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let later = team.add_phase("Later").await;
    let item = team.add_item(later, activity("Print")).await;
    kernel.update_item(&owner, project, item, to(Status::InProgress)).await.unwrap();
    kernel.archive_item(&owner, project, item).await.unwrap();
    gate(&team, Gating::Strict).await.unwrap();

    let restored = kernel.restore_item(&owner, project, item).await;

    assert!(is_orchestration(restored, &not_reached(&team)));
}

#[tokio::test]
async fn what_is_ahead_when_gating_becomes_strict_stays_and_is_marked() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let later = team.add_phase("Later").await;
    let item = team.add_item(later, activity("Print")).await;
    let begun = kernel.update_item(&owner, project, item, to(Status::InProgress)).await.unwrap();

    gate(&team, Gating::Strict).await.unwrap();

    let read = kernel.find_item(&team.viewer(), project, item).await.unwrap();
    let canvas = kernel.read_canvas(&team.viewer(), project, &CanvasQuery::Everything).await.unwrap();
    assert!(begun.item.ahead && read.item.ahead && canvas.phases[1].items[0].ahead);
    let phase = kernel.find_phase(&owner, project, later).await.unwrap();
    assert!(phase.phase.items[0].ahead);
    assert!(kernel.update_item(&owner, project, item, to(Status::Completed)).await.unwrap().item.ahead);
}

#[tokio::test]
async fn tasks_of_a_later_phase_can_be_prepared() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let later = team.add_phase("Later").await;
    let item = team.add_item(later, activity("Print")).await;
    gate(&team, Gating::Strict).await.unwrap();

    let task = kernel.create_task(&owner, project, super::task(item, "Ask for offers")).await.unwrap();
    let patch = TaskPatch { status: Some(Status::Completed), ..TaskPatch::default() };
    let done = kernel.update_task(&team.contributor(), project, task.get().task.id, patch).await.unwrap();

    assert_eq!(done.task.status, Status::Completed);
    let item = kernel.find_item(&owner, project, item).await.unwrap().item;
    assert_eq!((item.item.status, item.progress.done, item.ahead), (Status::ToDo, 1, false));
}
