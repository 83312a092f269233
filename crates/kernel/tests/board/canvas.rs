//! The Canvas is read in few statements, and not at all where its reader has kept it.

use std::sync::atomic::Ordering::SeqCst;

use guildhall_identity::ProfilePatch;
use guildhall_kernel::{Canvas, CanvasQuery, CanvasState, Request};
use guildhall_orchestration::{ItemPatch, Status};

use super::{Team, activity, item, statements::counted, task};
use crate::support::parsed;

const EVERYTHING: CanvasQuery = CanvasQuery::Everything;

async fn state(team: &Team, ask: &Request) -> CanvasState {
    match team.world.kernel.read_canvas_unless(ask, team.project, &EVERYTHING, |_| None::<()>).await.unwrap()
    {
        Canvas::Read(state, _) | Canvas::Kept(state, ()) => state,
    }
}

#[tokio::test]
async fn a_whole_board_takes_three_statements_and_one_that_is_kept_two() {
    let (team, count) = counted().await;
    for number in 0..20 {
        let phase = team.add_phase(&format!("Phase {number}")).await;
        let card = team.add_item(phase, activity("Write")).await;
        let made = team.world.kernel.create_task(&team.owner(), team.project, task(card, "Think")).await;
        made.unwrap();
    }
    let known = state(&team, &team.viewer()).await;

    count.store(0, SeqCst);
    let canvas = team.world.kernel.read_canvas(&team.viewer(), team.project, &EVERYTHING).await.unwrap();
    let read = count.swap(0, SeqCst);
    let kept = |state: &CanvasState| (*state == known).then_some(());
    let again =
        team.world.kernel.read_canvas_unless(&team.viewer(), team.project, &EVERYTHING, kept).await.unwrap();

    assert_eq!(canvas.phases.len(), 21);
    assert_eq!((read, count.load(SeqCst)), (3, 2));
    assert_eq!(again, Canvas::Kept(known, ()));
}

#[tokio::test]
async fn every_change_on_the_board_changes_its_state_and_nothing_else_does() {
    let team = Team::new().await;
    let (kernel, owner) = (&team.world.kernel, team.owner());
    let mut states = vec![state(&team, &team.viewer()).await];

    let begun = ItemPatch { status: Some(Status::InProgress), ..ItemPatch::default() };
    kernel.update_item(&owner, team.project, team.item, begun).await.unwrap();
    states.push(state(&team, &team.viewer()).await);
    kernel.add_item(&owner, team.project, item(team.phase, activity("Draw"))).await.unwrap();
    states.push(state(&team, &team.viewer()).await);
    let renamed = ProfilePatch { firstname: Some(parsed("Other")), ..ProfilePatch::default() };
    kernel.update_me(&owner, renamed).await.unwrap();
    states.push(state(&team, &team.viewer()).await);
    team.archive().await;
    states.push(state(&team, &team.viewer()).await);

    for (number, one) in states.iter().enumerate() {
        assert!(!states[number + 1..].contains(one), "two states are alike: {one:?}");
    }
    assert_eq!(state(&team, &team.viewer()).await, states[4]);
}

#[tokio::test]
async fn readers_with_other_rights_have_other_states_and_strangers_none() {
    let team = Team::new().await;

    let viewer = state(&team, &team.viewer()).await;

    assert_ne!(state(&team, &team.contributor()).await, viewer);
    let refused =
        team.world.kernel.read_canvas_unless(&team.stranger(), team.project, &EVERYTHING, |_| Some(())).await;
    assert!(refused.is_err(), "what is kept is nobody's who may not read it: {refused:?}");
}
