//! Order under many moves into one gap, until positions are laid out anew.

use guildhall_core::testing::{FixedClock, SequentialIds};
use guildhall_kernel::UnitOfWork;
use guildhall_orchestration::{
    Gap, Item, ItemRepository, MoveItem, Orchestration, Place, Position, Task,
    testing::{item, item_id, phase, phase_id, project_id, task, task_id},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;

/// Cards 1 to 5, of which 2 and 3 stand so close that the next one between them lays all out anew.
fn crowded() -> Vec<Item> {
    let (mut low, mut high) = (item(2, 1).position, item(3, 1).position);
    let mut turn = 0;
    while let Some(middle) = Position::between(Some(&low), Some(&high)) {
        if middle.length() > Position::MAX {
            break;
        }
        turn += 1;
        if turn % 2 == 0 { low = middle } else { high = middle }
    }
    let placed = |number: u32| match number {
        2 => Item { position: low.clone(), ..item(2, 1) },
        3 => Item { position: high.clone(), ..item(3, 1) },
        number => item(number, 1),
    };
    (1..=5).map(placed).collect()
}

async fn order(items: &dyn ItemRepository) -> Vec<u32> {
    let listed = items.list_by_phase(phase_id(1)).await.unwrap();
    assert!(listed.iter().all(|item| item.position.length() <= Position::MAX));
    let number = |item: &Item| (1..=9).find(|number| item_id(*number) == item.id).unwrap();
    listed.iter().map(number).collect()
}

async fn between_2_and_3(unit: &dyn UnitOfWork, moved: u32, after: u32) {
    let (clock, ids) = (FixedClock::default(), SequentialIds::default());
    let to = MoveItem { phase_id: phase_id(1), place: Place::After(Some(item_id(after))) };
    let project = unit.projects().update_board_version(project_id(1)).await.unwrap().unwrap();
    let orchestration = Orchestration::new(unit, &clock, &ids);
    let moved = orchestration.find_item(project.id, item_id(moved)).await.unwrap();
    orchestration.move_item(&project, &moved, to).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn thousands_of_moves_into_one_gap_reorder_nobody_else(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    unit.items().insert_all(&crowded()).await.unwrap();

    // 4 and 5 jump over each other, always right after 2, which squeezes the gap until it is widened again.
    for turn in 0..1_500_u32 {
        let moved = 4 + turn % 2;
        between_2_and_3(&*unit, moved, 2).await;

        if turn % 100 == 0 {
            let expected = if turn == 0 { [1, 2, 4, 3, 5] } else { [1, 2, 4, 5, 3] };
            assert_eq!(order(unit.items()).await, expected, "turn {turn}");
        }
    }
    assert_eq!(order(unit.items()).await, [1, 2, 5, 4, 3]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cards_that_arrive_while_all_are_laid_out_anew_find_their_places(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    let mut cards = crowded();
    cards.extend((6..=9).map(|number| item(number, 1)));
    unit.items().insert_all(&cards).await.unwrap();
    unit.commit().await.unwrap();
    let world = std::sync::Arc::new(world);

    let mover = |moved: u32| {
        let world = world.clone();
        tokio::spawn(async move {
            for _ in 0..20 {
                let unit = world.open().await;
                between_2_and_3(&*unit, moved, 2).await;
                unit.commit().await.unwrap();
            }
        })
    };
    for mover in [6, 7, 8, 9].map(mover) {
        mover.await.unwrap();
    }

    let mut found = order(world.open().await.items()).await;
    assert_eq!((&found[..2], &found[6..]), (&[1, 2][..], &[3, 4, 5][..]));
    found.sort_unstable();
    assert_eq!(found, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[rstest]
#[tokio::test]
async fn the_gap_of_a_place_is_between_the_cards_that_stand_beside_it(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    unit.phases().insert(&phase(2)).await.unwrap();
    let items: Vec<Item> = (1..=4).map(|number| item(number, 1)).chain([item(5, 2)]).collect();
    unit.items().insert_all(&items).await.unwrap();
    let tasks: Vec<Task> = (1..=3).map(|number| task(number, 1)).chain([task(4, 2)]).collect();
    unit.tasks().insert_all(&tasks).await.unwrap();
    let places =
        |named: u32| [Place::After(None), Place::End, Place::After(Some(named)), Place::Before(named)];

    for (moved, place) in (0..=5).flat_map(|moved| (1..=6).flat_map(places).map(move |place| (moved, place)))
    {
        let at = |parent: u32| -> Vec<_> {
            let here = items.iter().filter(|item| item.phase_id == phase_id(parent));
            here.map(|item| (item.id, item.position.clone())).collect()
        };
        let moved_item = (moved > 0).then(|| item_id(moved));
        for parent in 1..=3 {
            let found =
                unit.items().find_gap(phase_id(parent), moved_item, place.map(item_id)).await.unwrap();
            assert_eq!(
                found,
                Gap::among(&at(parent), moved_item, place.map(item_id)),
                "{moved} to {place:?}"
            );
        }
        let at = |parent: u32| -> Vec<_> {
            let here = tasks.iter().filter(|task| task.item_id == item_id(parent));
            here.map(|task| (task.id, task.position.clone())).collect()
        };
        let moved_task = (moved > 0).then(|| task_id(moved));
        for parent in 1..=3 {
            let found = unit.tasks().find_gap(item_id(parent), moved_task, place.map(task_id)).await.unwrap();
            assert_eq!(
                found,
                Gap::among(&at(parent), moved_task, place.map(task_id)),
                "{moved} to {place:?}"
            );
        }
    }
}
