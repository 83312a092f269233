//! What holds for everything that lies on a board.

use guildhall_core::{ItemId, PhaseId, TaskId};
use guildhall_kernel::{CanvasQuery, Request};
use guildhall_orchestration::{
    ItemPatch, MoveItem, OrchestrationError, PhasePatch, Place, ProjectPatch, ProjectRole, TaskPatch,
};

use super::{Team, activity, is_orchestration, is_stale, item, phase, project, refusal, task};
use crate::support::parsed;

#[tokio::test]
async fn nothing_changes_in_an_archived_project() {
    let team = Team::new().await;
    team.archive().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let before = team.mark().await;

    let renamed = ProjectPatch { name: Some(parsed("Name")), ..ProjectPatch::default() };
    let destination = MoveItem { phase_id: team.phase, place: Place::End };
    let role = ProjectRole::Owner;
    let refused = [
        kernel.update_project(&owner, project, renamed).await.map(drop),
        kernel.create_phase(&owner, project, phase("Phase")).await.map(drop),
        kernel.update_phase(&owner, project, team.phase, PhasePatch::default()).await.map(drop),
        kernel.add_item(&owner, project, item(team.phase, activity("Item"))).await.map(drop),
        kernel.update_item(&owner, project, team.item, ItemPatch::default()).await.map(drop),
        kernel.move_item(&owner, project, team.item, destination).await.map(drop),
        kernel.archive_item(&owner, project, team.item).await.map(drop),
        kernel.create_task(&owner, project, task(team.item, "Task")).await.map(drop),
        kernel.update_task(&owner, project, team.task, TaskPatch::default()).await.map(drop),
        kernel.delete_task(&owner, project, team.task).await,
        kernel.delete_item(&owner, project, team.item).await,
        kernel.update_project_member(&owner, project, team.viewer.id, role).await.map(drop),
        kernel.remove_project_member(&owner, project, team.viewer.id).await,
        team.add(&team.stranger, ProjectRole::Viewer).await,
    ];

    for result in refused {
        assert!(is_orchestration(result, &OrchestrationError::ProjectArchived));
    }
    assert_eq!(team.mark().await, before);
    assert_eq!(
        kernel.read_canvas(&team.viewer(), project, &CanvasQuery::Everything).await.unwrap().phases.len(),
        1
    );
}

#[tokio::test]
async fn a_change_to_a_board_that_has_moved_on_is_refused() {
    let team = Team::new().await;
    let (kernel, ask, project) = (&team.world.kernel, team.owner_with_stale_tag(), team.project);
    let before = team.mark().await;
    let renamed = ProjectPatch { name: Some(parsed("Name")), ..ProjectPatch::default() };

    let refused = [
        kernel.update_project(&ask, project, renamed).await.map(drop),
        kernel.update_phase(&ask, project, team.phase, PhasePatch::default()).await.map(drop),
        kernel.delete_phase(&ask, project, team.phase).await,
        kernel.update_item(&ask, project, team.item, ItemPatch::default()).await.map(drop),
        kernel.delete_item(&ask, project, team.item).await,
        kernel.update_task(&ask, project, team.task, TaskPatch::default()).await.map(drop),
        kernel.delete_task(&ask, project, team.task).await,
        kernel.remove_project_member(&ask, project, team.viewer.id).await,
    ];

    assert!(refused.iter().all(is_stale));
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn a_change_with_the_version_that_was_answered_goes_through() {
    let team = Team::new().await;
    let seen = team.world.kernel.find_item(&team.owner(), team.project, team.item).await.unwrap();
    let ask = Request { if_match: Some(seen.version), ..team.owner() };
    let patch = || ItemPatch { name: Some(parsed("Rewrite")), ..ItemPatch::default() };

    let first = team.world.kernel.update_item(&ask, team.project, team.item, patch()).await.unwrap();
    let second = team.world.kernel.update_item(&ask, team.project, team.item, patch()).await;

    assert_eq!(first.version, seen.version.next());
    assert!(is_stale(&second));
}

#[tokio::test]
async fn a_card_of_another_project_is_not_there() {
    let team = Team::new().await;
    let (kernel, owner) = (&team.world.kernel, team.owner());
    let other = kernel.create_project(&owner, project("Other", None)).await.unwrap().into_inner().project.id;
    let before = team.mark().await;

    let refused = [
        refusal(kernel.find_item(&owner, other, team.item).await),
        refusal(kernel.update_item(&owner, other, team.item, ItemPatch::default()).await),
        refusal(kernel.archive_item(&owner, other, team.item).await),
        refusal(kernel.delete_item(&owner, other, team.item).await),
        refusal(kernel.find_task(&owner, other, team.task).await),
        refusal(kernel.update_task(&owner, other, team.task, TaskPatch::default()).await),
        refusal(kernel.delete_task(&owner, other, team.task).await),
        refusal(kernel.update_phase(&owner, other, team.phase, PhasePatch::default()).await),
        refusal(kernel.delete_phase(&owner, other, team.phase).await),
        refusal(kernel.add_item(&owner, other, item(team.phase, activity("Item"))).await),
        refusal(kernel.create_task(&owner, other, task(team.item, "Task")).await),
    ];

    assert!(refused.iter().all(|word| word == "not found"), "{refused:?}");
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let team = Team::new().await;
    let (kernel, owner, nowhere) = (&team.world.kernel, team.owner(), team.viewer.id.uuid());

    let refused = [
        refusal(kernel.find_item(&owner, team.project, ItemId::new(nowhere)).await),
        refusal(kernel.find_task(&owner, team.project, TaskId::new(nowhere)).await),
        refusal(kernel.delete_phase(&owner, team.project, PhaseId::new(nowhere)).await),
        refusal(kernel.remove_project_member(&owner, team.project, team.stranger.id).await),
    ];

    assert!(refused.iter().all(|word| word == "not found"), "{refused:?}");
}

#[tokio::test]
async fn only_members_of_the_project_are_assigned() {
    let team = Team::new().await;
    let (kernel, owner, users) = (&team.world.kernel, team.owner(), vec![team.stranger.id]);
    let stranger = OrchestrationError::NotAMember { user_ids: users.clone() };
    let before = team.mark().await;

    let of_phase = PhasePatch { assignees: Some(users.clone()), ..PhasePatch::default() };
    let of_item = ItemPatch { assignees: Some(users.clone()), ..ItemPatch::default() };
    let of_task = TaskPatch { assignees: Some(users), ..TaskPatch::default() };
    let refused = [
        kernel.update_phase(&owner, team.project, team.phase, of_phase).await.map(drop),
        kernel.update_item(&owner, team.project, team.item, of_item).await.map(drop),
        kernel.update_task(&owner, team.project, team.task, of_task).await.map(drop),
    ];

    for result in refused {
        assert!(is_orchestration(result, &stranger));
    }
    assert_eq!(team.mark().await, before);
}
