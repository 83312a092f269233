//! Phases.

use guildhall_core::PhaseId;
use guildhall_kernel::{CanvasQuery, Request};
use guildhall_orchestration::{CreatePhase, ItemPatch, OrchestrationError, PhasePatch, Place, Status};

use super::{Team, activity, is_orchestration, phase};
use crate::support::parsed;

async fn order(team: &Team) -> Vec<PhaseId> {
    let canvas =
        team.world.kernel.read_canvas(&team.viewer(), team.project, &CanvasQuery::Everything).await.unwrap();
    canvas.phases.iter().map(|phase| phase.phase.id).collect()
}

#[tokio::test]
async fn phases_stand_where_they_are_put() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let first = CreatePhase { place: Place::After(None), ..phase("First") };
    let first = kernel.create_phase(&owner, project, first).await.unwrap().into_inner().phase.phase.id;
    let last = team.add_phase("Last").await;
    assert_eq!(order(&team).await, [first, team.phase, last]);

    kernel.move_phase(&owner, project, last, Place::Before(first)).await.unwrap();
    assert_eq!(order(&team).await, [last, first, team.phase]);
    kernel.move_phase(&owner, project, last, Place::After(Some(first))).await.unwrap();
    assert_eq!(order(&team).await, [first, last, team.phase]);

    let newest = team.newest().await;
    assert_eq!((newest.kind.as_str(), newest.subject.id), ("phase.moved", last.uuid()));
}

#[tokio::test]
async fn a_change_is_answered_and_recorded_with_what_it_changed() {
    let team = Team::new().await;
    let patch = PhasePatch {
        name: Some(parsed("Outline")),
        assignees: Some(vec![team.viewer.id]),
        ..PhasePatch::default()
    };

    let shown = team.world.kernel.update_phase(&team.owner(), team.project, team.phase, patch).await.unwrap();

    assert_eq!(shown.phase.phase.name.as_str(), "Outline");
    assert_eq!(shown.mentioned.people[&team.viewer.id].id, team.viewer.id);
    let newest = team.newest().await;
    let fields: Vec<&str> = newest.changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!((newest.kind.as_str(), fields), ("phase.changed", vec!["assignees", "name"]));
}

#[tokio::test]
async fn a_phase_goes_once_nothing_lies_in_it() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    kernel.archive_item(&owner, project, team.item).await.unwrap();
    let before = team.mark().await;

    let refused = kernel.delete_phase(&owner, project, team.phase).await;

    let items = vec![(team.item, parsed("Write"))];
    assert!(is_orchestration(refused, &OrchestrationError::PhaseNotEmpty { items }));
    assert_eq!(team.mark().await, before);
    kernel.delete_item(&owner, project, team.item).await.unwrap();
    kernel.delete_phase(&owner, project, team.phase).await.unwrap();
    assert!(order(&team).await.is_empty());
    assert_eq!(team.newest().await.kind, "phase.deleted");
}

#[tokio::test]
async fn a_repeated_key_adds_one_phase() {
    let team = Team::new().await;
    let ask = Request { idempotency_key: Some(parsed("once")), ..team.owner() };

    let first = team.world.kernel.create_phase(&ask, team.project, phase("Once")).await.unwrap();
    let second = team.world.kernel.create_phase(&ask, team.project, phase("Once")).await.unwrap();

    assert!(!first.is_replayed() && second.is_replayed());
    assert_eq!(first.into_inner().phase.phase.id, second.into_inner().phase.phase.id);
    assert_eq!(order(&team).await.len(), 2);
}

#[tokio::test]
async fn what_is_begun_in_a_later_phase_is_ahead() {
    let team = Team::new().await;
    let later = team.add_phase("Later").await;
    let item = team.add_item(later, activity("Publish")).await;
    let begun = ItemPatch { status: Some(Status::InProgress), ..ItemPatch::default() };

    let shown = team.world.kernel.update_item(&team.owner(), team.project, item, begun).await.unwrap();

    assert!(shown.item.ahead);
}
