use super::Fixture;
use crate::{
    CreatePhase, Item, OrchestrationError, OrchestrationStore, PhasePatch, Place, Status, Thing,
    testing::{MemoryStore, date, item, item_id, member, phase, phase_id, project, project_id, user_id},
};

fn new_phase() -> CreatePhase {
    CreatePhase {
        name: "Review".parse().unwrap(),
        objective: None,
        deliverables: None,
        start_date: None,
        due_date: None,
        assignees: vec![],
        place: Place::End,
    }
}

async fn order(fixture: &Fixture) -> Vec<guildhall_core::PhaseId> {
    let board = fixture.board().await;
    board.phases.iter().map(|phase| phase.phase.id).collect()
}

#[tokio::test]
async fn a_phase_is_added_where_it_is_asked_to_stand() {
    let fixture = Fixture::with_project();
    let command = CreatePhase { place: Place::After(Some(phase_id(1))), ..new_phase() };

    let created = fixture.orchestration().create_phase(&fixture.project().await, command).await.unwrap();

    assert_eq!(order(&fixture).await, [phase_id(1), created.id, phase_id(2)]);
}

#[tokio::test]
async fn assignees_of_a_phase_are_members_each_once() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();
    let members = CreatePhase { assignees: vec![user_id(2), user_id(1), user_id(2)], ..new_phase() };
    let strangers = CreatePhase { assignees: vec![user_id(9), user_id(1), user_id(8)], ..new_phase() };

    let created = orchestration.create_phase(&fixture.project().await, members).await.unwrap();
    let refused = orchestration.create_phase(&fixture.project().await, strangers).await.unwrap_err();

    assert_eq!(created.assignees, [user_id(1), user_id(2)]);
    assert_eq!(refused, OrchestrationError::NotAMember { user_ids: vec![user_id(8), user_id(9)] });
}

#[tokio::test]
async fn a_phase_starts_no_later_than_it_ends() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();
    let command = CreatePhase { start_date: Some(date(3)), due_date: Some(date(2)), ..new_phase() };
    let patch = PhasePatch {
        start_date: Some(Some(date(3))),
        due_date: Some(Some(date(2))),
        ..PhasePatch::default()
    };
    let refusal = OrchestrationError::StartAfterDue { start_date: date(3), due_date: date(2) };

    let created = orchestration.create_phase(&fixture.project().await, command).await.unwrap_err();
    let updated = orchestration
        .update_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await, patch)
        .await
        .unwrap_err();

    assert_eq!((created, updated), (refusal.clone(), refusal));
}

#[tokio::test]
async fn a_patch_changes_only_what_it_names() {
    let fixture = Fixture::with_project();
    let patch = PhasePatch { assignees: Some(vec![user_id(2)]), ..PhasePatch::default() };

    let updated = fixture
        .orchestration()
        .update_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await, patch)
        .await
        .unwrap();

    assert_eq!(updated, crate::Phase { assignees: vec![user_id(2)], ..phase(1) });
    assert_eq!(fixture.store.phases().find(phase_id(1)).await.unwrap(), Some(updated));
}

#[tokio::test]
async fn a_moved_phase_takes_its_new_place() {
    let fixture = Fixture::with_project();

    fixture
        .orchestration()
        .move_phase(&fixture.project().await, &fixture.phase(phase_id(2)).await, Place::Before(phase_id(1)))
        .await
        .unwrap();

    assert_eq!(order(&fixture).await, [phase_id(2), phase_id(1)]);
}

#[tokio::test]
async fn a_phase_with_items_is_kept_even_if_they_are_archived() {
    let store = MemoryStore::default()
        .with_projects([project(1)])
        .with_members([member(1, crate::ProjectRole::Owner)])
        .with_phases([phase(1)])
        .with_items([item(2, 1), Item { status: Status::Archived, ..item(1, 1) }]);
    let fixture = Fixture::new(store);

    let refused = fixture
        .orchestration()
        .delete_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await)
        .await
        .unwrap_err();

    let items = vec![(item_id(1), "Item 1".parse().unwrap()), (item_id(2), "Item 2".parse().unwrap())];
    assert_eq!(refused, OrchestrationError::PhaseNotEmpty { items });
}

#[tokio::test]
async fn an_empty_phase_is_deleted_for_good() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();
    let created = orchestration.create_phase(&fixture.project().await, new_phase()).await.unwrap();

    orchestration.delete_phase(&fixture.project().await, &created).await.unwrap();

    assert_eq!(order(&fixture).await, [phase_id(1), phase_id(2)]);
}

#[tokio::test]
async fn a_phase_of_another_project_is_not_found() {
    let foreign = crate::Phase { project_id: project_id(2), ..phase(9) };
    let fixture = Fixture::new(super::board_of(project(1)).with_phases([foreign]));
    let orchestration = fixture.orchestration();

    let found = orchestration.find_phase(project_id(1), phase_id(9)).await;
    let beside = orchestration
        .move_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await, Place::Before(phase_id(9)))
        .await;

    assert_eq!(found, Err(OrchestrationError::NotFound(Thing::Phase)));
    assert_eq!(beside, Err(OrchestrationError::NotANeighbour));
}

#[tokio::test]
async fn the_phases_of_an_archived_project_stay_as_they_are() {
    let fixture = Fixture::with_archived_project();
    let orchestration = fixture.orchestration();
    let archived = OrchestrationError::ProjectArchived;

    let created = orchestration.create_phase(&fixture.project().await, new_phase()).await;
    let updated = orchestration
        .update_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await, PhasePatch::default())
        .await;
    let moved = orchestration
        .move_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await, Place::End)
        .await;
    let deleted =
        orchestration.delete_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await).await;

    assert_eq!(created, Err(archived.clone()));
    assert_eq!(updated, Err(archived.clone()));
    assert_eq!(moved, Err(archived.clone()));
    assert_eq!(deleted, Err(archived));
}

#[tokio::test]
async fn a_board_that_is_full_takes_no_more_made_or_copied() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();
    let most = crate::CardCounts::MOST.phases;
    let mut last = phase_id(2);
    while fixture.store.projects().count_cards(project_id(1)).await.unwrap().phases < most {
        last = orchestration.create_phase(&fixture.project().await, new_phase()).await.unwrap().id;
    }

    let made = orchestration.create_phase(&fixture.project().await, new_phase()).await.unwrap_err();
    let copied = orchestration
        .duplicate_phase(&fixture.project().await, &fixture.phase(phase_id(1)).await)
        .await
        .unwrap_err();

    let full = OrchestrationError::BoardTooLarge { what: Thing::Phase, most };
    assert_eq!((&made, &copied), (&full, &full));
    orchestration.delete_phase(&fixture.project().await, &fixture.phase(last).await).await.unwrap();
    orchestration.create_phase(&fixture.project().await, new_phase()).await.unwrap();
}
