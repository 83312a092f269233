use std::collections::BTreeMap;

use guildhall_core::{ItemId, PhaseId};
use proptest::prelude::*;

use super::Fixture;
use crate::{
    Item, MoveItem, OrchestrationError, OrchestrationStore, Place, Position,
    testing::{MemoryStore, item, item_id, phase, phase_id, project},
};

/// Eight items in three phases of project 1.
fn eight_items() -> Fixture {
    let items = (1..=8).map(|number| item(number, number % 3 + 1));
    let store = MemoryStore::default()
        .with_projects([project(1)])
        .with_phases([phase(1), phase(2), phase(3)])
        .with_items(items);
    Fixture::new(store)
}

async fn order(fixture: &Fixture) -> BTreeMap<PhaseId, Vec<ItemId>> {
    let board = fixture.board().await;
    let ids = |phase: &crate::BoardPhase| phase.items.iter().map(|item| item.item.id).collect();
    board.phases.iter().map(|phase| (phase.phase.id, ids(phase))).collect()
}

#[tokio::test]
async fn an_item_moves_to_another_phase_beside_the_neighbour_it_names() {
    let fixture = Fixture::with_project();
    let command = MoveItem { phase_id: phase_id(2), place: Place::Before(item_id(3)) };

    fixture
        .orchestration()
        .move_item(&fixture.project().await, &fixture.item(item_id(1)).await, command)
        .await
        .unwrap();

    let order = order(&fixture).await;
    assert_eq!(order[&phase_id(1)], [item_id(2)]);
    assert_eq!(order[&phase_id(2)], [item_id(1), item_id(3)]);
}

#[tokio::test]
async fn a_neighbour_of_another_phase_is_refused() {
    let fixture = Fixture::with_project();
    let command = MoveItem { phase_id: phase_id(2), place: Place::After(Some(item_id(2))) };

    let refused = fixture
        .orchestration()
        .move_item(&fixture.project().await, &fixture.item(item_id(1)).await, command)
        .await;

    assert_eq!(refused, Err(OrchestrationError::NotANeighbour));
}

#[tokio::test]
async fn an_item_that_is_moved_to_where_it_stands_keeps_its_position() {
    let fixture = Fixture::with_project();
    let command = MoveItem { phase_id: phase_id(1), place: Place::After(Some(item_id(1))) };

    let moved = fixture
        .orchestration()
        .move_item(&fixture.project().await, &fixture.item(item_id(2)).await, command)
        .await
        .unwrap();

    assert_eq!(moved, item(2, 1));
}

#[tokio::test]
async fn positions_that_grew_too_long_are_rewritten_without_changing_the_order() {
    let lower = Position::first();
    let mut upper = lower.after();
    while upper.length() < Position::MAX {
        upper = Position::between(Some(&lower), Some(&upper)).unwrap();
    }
    let store = MemoryStore::default().with_projects([project(1)]).with_phases([phase(1)]).with_items([
        Item { position: lower, ..item(1, 1) },
        Item { position: upper, ..item(2, 1) },
        item(3, 1),
    ]);
    let fixture = Fixture::new(store);
    let between = MoveItem { phase_id: phase_id(1), place: Place::Before(item_id(2)) };

    for _ in 0..200 {
        fixture
            .orchestration()
            .move_item(&fixture.project().await, &fixture.item(item_id(3)).await, between)
            .await
            .unwrap();
        let swap = MoveItem { phase_id: phase_id(1), place: Place::Before(item_id(3)) };
        fixture
            .orchestration()
            .move_item(&fixture.project().await, &fixture.item(item_id(2)).await, swap)
            .await
            .unwrap();
    }

    let items = fixture.store.items().list_by_phase(phase_id(1)).await.unwrap();
    assert_eq!(order(&fixture).await[&phase_id(1)], [item_id(1), item_id(2), item_id(3)]);
    assert!(items.iter().all(|item| item.position.length() <= Position::MAX));
}

fn moves() -> impl Strategy<Value = (u32, u32, Place<ItemId>)> {
    let place = prop_oneof![
        Just(Place::After(None)),
        Just(Place::End),
        (1..=8_u32).prop_map(|number| Place::After(Some(item_id(number)))),
        (1..=8_u32).prop_map(|number| Place::Before(item_id(number))),
    ];
    (1..=8_u32, 1..=3_u32, place)
}

/// The same move on plain lists: slow, and obviously right.
fn move_in_lists(lists: &mut BTreeMap<PhaseId, Vec<ItemId>>, moved: ItemId, command: MoveItem) {
    if matches!(command.place, Place::After(Some(id)) | Place::Before(id) if id == moved) {
        return;
    }
    for list in lists.values_mut() {
        list.retain(|id| *id != moved);
    }
    let list = lists.get_mut(&command.phase_id).unwrap();
    let find = |neighbour: ItemId| list.iter().position(|id| *id == neighbour).unwrap();
    let index = match command.place {
        Place::After(None) => 0,
        Place::After(Some(id)) => find(id) + 1,
        Place::Before(id) => find(id),
        Place::End => list.len(),
    };
    list.insert(index, moved);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_moves_lose_and_double_nothing_and_reorder_no_third_card(
        moves in prop::collection::vec(moves(), 1..60)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let fixture = eight_items();
            let mut expected = order(&fixture).await;

            for (number, to, place) in moves {
                let command = MoveItem { phase_id: phase_id(to), place };
                let moved = fixture.orchestration().move_item(&fixture.project().await, &fixture.item(item_id(number)).await, command).await;
                if moved.is_ok() {
                    move_in_lists(&mut expected, item_id(number), command);
                }
                prop_assert_eq!(&order(&fixture).await, &expected);
            }
            Ok(())
        })?;
    }
}
