//! The current phase, found by itself and by counting everything.

use guildhall_core::{PhaseId, Scope};
use guildhall_orchestration::{
    Item, Status,
    testing::{item, item_id, phase, phase_id, project_id},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;

const STATUSES: [Status; 4] = [Status::ToDo, Status::InProgress, Status::Completed, Status::Archived];

#[rstest]
#[tokio::test]
async fn the_current_phase_is_found_before_another_one_as_it_is_counted(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    for number in 1..=4 {
        unit.phases().insert(&phase(number)).await.unwrap();
    }
    // The third phase stays without items, and everywhere two stand in the second.
    for (number, phase) in [(1, 1), (2, 2), (3, 2), (4, 4)] {
        unit.items().insert(&item(number, phase)).await.unwrap();
    }
    let mut seen = Vec::new();

    for turn in 0..STATUSES.len().pow(3) {
        for (number, power) in [(1, 0), (2, 1), (3, 2)] {
            let status = STATUSES[turn / STATUSES.len().pow(power) % STATUSES.len()];
            let before = unit.items().find(item_id(number)).await.unwrap().unwrap();
            unit.items().update(&before, &Item { status, ..before.clone() }).await.unwrap();
        }
        let outlines = unit.phases().list_outlines(&[project_id(1)]).await.unwrap();
        let outline = &outlines[&project_id(1)];
        let current = outline.current().map(|phase| (phase.id, phase.name.clone()));
        for id in (1..=4).map(phase_id) {
            let expected = current.clone().filter(|_| !outline.has_reached(id));
            assert_eq!(unit.phases().find_current_before(id).await.unwrap(), expected, "turn {turn}, {id}");
        }
        seen.extend(current.map(|(id, _)| id));
    }

    let all: Vec<PhaseId> = [1, 2, 4].map(phase_id).to_vec();
    assert!(all.iter().all(|id| seen.contains(id)), "one was never current: {seen:?}");
    unit.commit().await.unwrap();
    let there = world.write(Scope::Workspace(world.there)).await;
    assert_eq!(there.phases().find_current_before(phase_id(4)).await.unwrap(), None);
}
