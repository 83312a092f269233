use std::collections::BTreeMap;

use guildhall_core::{ProjectId, StoreError};
use guildhall_kernel::UnitOfWork;
use guildhall_orchestration::{
    Item, ItemContent, Outline, Phase, PhaseOutline, Position, ProductInUse, Project, ProjectState, Status,
    StatusCounts, Task,
    testing::{
        application, application_item, item, item_id, phase, phase_id, project, project_id, task, user_id,
    },
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;

/// Positions whose texts differ in length and in zeros, in ascending order.
fn positions() -> Vec<Position> {
    let mut positions = vec![Position::first()];
    for _ in 0..200 {
        positions.extend(Position::between(None, positions.iter().min()));
        positions.extend(Position::between(positions.iter().max(), None));
        positions.extend(Position::between(positions.first(), positions.get(1)));
    }
    positions.sort();
    positions.dedup();
    positions
}

/// Inserts a card, or makes it of another one, in a unit of work of its own, which ends with it.
macro_rules! put {
    ($world:ident, $cards:ident, $card:expr) => {{
        let unit = $world.open().await;
        unit.$cards().insert(&$card).await
    }};
    ($world:ident, $cards:ident, $card:expr, of $before:expr) => {{
        let unit = $world.open().await;
        unit.$cards().update(&$before, &$card).await
    }};
}

async fn add_item(unit: &dyn UnitOfWork, item: Item) {
    unit.items().insert(&item).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn cards_are_listed_in_the_order_of_their_positions(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let positions = positions();
    let phases = (1..).zip(positions.iter().rev());
    for (number, position) in phases {
        unit.phases().insert(&Phase { position: position.clone(), ..phase(number) }).await.unwrap();
    }

    let listed = unit.phases().list_by_project(project_id(1)).await.unwrap();

    assert!(positions.len() > 400);
    assert!(listed.iter().map(|phase| &phase.position).eq(&positions));
}

/// A conflict ends its unit of work, so each has one of its own.
#[rstest]
#[tokio::test]
async fn no_two_cards_share_a_place(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    for number in [1, 2] {
        unit.phases().insert(&phase(number)).await.unwrap();
        add_item(&*unit, item(number, 1)).await;
        unit.tasks().insert(&task(number, 1)).await.unwrap();
    }
    add_item(&*unit, Item { position: item(1, 1).position, ..item(3, 2) }).await;
    unit.commit().await.unwrap();

    let at_first = |number| {
        let phase = Phase { position: phase(1).position, ..phase(number) };
        let item = Item { position: item(1, 1).position, ..item(number, 1) };
        (phase, item, Task { position: task(1, 1).position, ..task(number, 1) })
    };
    let (new, moved) = (at_first(9), at_first(2));
    let refused = [
        put!(world, phases, new.0),
        put!(world, items, new.1),
        put!(world, tasks, new.2),
        put!(world, phases, moved.0, of phase(2)),
        put!(world, items, moved.1, of item(2, 1)),
        put!(world, tasks, moved.2, of task(2, 1)),
        put!(world, items, Item { position: item(1, 1).position, ..item(3, 1) }, of item(3, 2)),
    ];

    for end in refused {
        assert!(matches!(end, Err(StoreError::Conflict(_))), "{end:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_card_stays_in_the_project_of_its_parent(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.projects().insert(&project(2)).await.unwrap();
    unit.phases().insert(&phase(1)).await.unwrap();
    add_item(&*unit, item(1, 1)).await;
    unit.commit().await.unwrap();

    let item = put!(world, items, Item { project_id: project_id(2), ..item(2, 1) });
    let task = put!(world, tasks, Task { project_id: project_id(2), ..task(1, 1) });

    assert!(matches!(item, Err(StoreError::Conflict(_))), "{item:?}");
    assert!(matches!(task, Err(StoreError::Conflict(_))), "{task:?}");
}

#[rstest]
#[tokio::test]
async fn cards_are_listed_by_their_parents_with_their_own_assignees(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    unit.phases().insert(&phase(2)).await.unwrap();
    let first = Item { assignees: vec![user_id(1)], ..item(1, 1) };
    let second = Item { assignees: vec![user_id(1), user_id(2)], ..item(2, 2) };
    let (one, two) = (Task { assignees: vec![user_id(2)], ..task(1, 1) }, task(2, 2));
    for item in [&first, &second] {
        unit.items().insert(item).await.unwrap();
    }
    for task in [&one, &two] {
        unit.tasks().insert(task).await.unwrap();
    }

    let (items, tasks) = (unit.items(), unit.tasks());

    assert_eq!(items.list_by_project(project_id(1)).await.unwrap(), [first.clone(), second.clone()]);
    assert_eq!(items.list_by_phase(phase_id(1)).await.unwrap(), [first]);
    assert_eq!(items.list_by_phase(phase_id(2)).await.unwrap(), [second]);
    assert_eq!(items.list_by_project(project_id(2)).await.unwrap(), []);
    assert_eq!(tasks.list_by_project(project_id(1)).await.unwrap(), [one.clone(), two.clone()]);
    assert_eq!(tasks.list_by_item(item_id(1)).await.unwrap(), [one]);
    assert_eq!(tasks.list_by_item(item_id(2)).await.unwrap(), std::slice::from_ref(&two));
    assert_eq!(tasks.list_by_phase(phase_id(2)).await.unwrap(), [two]);
}

/// Projects 1, 2 and 3 with one phase each, the last of them archived.
async fn add_three_projects(unit: &dyn UnitOfWork) {
    unit.phases().insert(&phase(1)).await.unwrap();
    for number in [2, 3] {
        let state = if number == 3 { ProjectState::Archived } else { ProjectState::Active };
        unit.projects().insert(&Project { state, ..project(number) }).await.unwrap();
        unit.phases().insert(&Phase { project_id: project_id(number), ..phase(number) }).await.unwrap();
    }
}

fn item_of(number: u32, project: u32, status: Status) -> Item {
    Item { project_id: project_id(project), status, ..item(number, project) }
}

#[rstest]
#[tokio::test]
async fn outlines_count_what_is_not_archived(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    add_three_projects(&*unit).await;
    let statuses = [Status::Completed, Status::Completed, Status::ToDo, Status::InProgress, Status::Archived];
    for (number, status) in (1..).zip(statuses) {
        add_item(&*unit, item_of(number, 1, status)).await;
    }
    add_item(&*unit, item_of(6, 2, Status::Archived)).await;
    add_item(&*unit, item_of(7, 3, Status::ToDo)).await;

    let some = unit.phases().list_outlines(&[project_id(1), project_id(2)]).await.unwrap();
    let everywhere = unit.phases().list_outlines(&[1, 2, 3, 4].map(project_id)).await.unwrap();

    let of = |number: u32, to_do, in_progress, completed| {
        let counts = StatusCounts { to_do, in_progress, completed };
        let outline = PhaseOutline { id: phase_id(number), name: phase(number).name, counts };
        (project_id(number), Outline(vec![outline]))
    };
    let (first, second, third) = (of(1, 1, 1, 2), of(2, 0, 0, 0), of(3, 1, 0, 0));
    assert_eq!(some, BTreeMap::from([first.clone(), second.clone()]));
    assert_eq!(everywhere, BTreeMap::from([first, second, third]));
    assert_eq!(unit.phases().list_outlines(&[]).await.unwrap(), BTreeMap::<ProjectId, Outline>::new());
}

#[rstest]
#[tokio::test]
async fn an_outline_stands_in_the_order_of_its_phases(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let swapped = [(1, 3), (2, 2), (3, 1)];
    for (number, place) in swapped {
        unit.phases().insert(&Phase { position: phase(place).position, ..phase(number) }).await.unwrap();
    }

    let outlines = unit.phases().list_outlines(&[project_id(1)]).await.unwrap();

    let order: Vec<_> = outlines[&project_id(1)].0.iter().map(|phase| phase.id).collect();
    assert_eq!(order, [3, 2, 1].map(phase_id));
}

#[rstest]
#[tokio::test]
async fn a_product_is_in_use_while_an_unarchived_item_of_an_active_project_uses_it(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    add_three_projects(&*unit).await;
    let used = |item: Item| Item { content: application_item("Board", 1), ..item };
    let live = [used(item_of(1, 1, Status::ToDo)), used(item_of(2, 1, Status::Completed))];
    for item in &live {
        add_item(&*unit, item.clone()).await;
    }
    add_item(&*unit, item_of(3, 1, Status::ToDo)).await;
    add_item(&*unit, used(item_of(4, 1, Status::Archived))).await;
    add_item(&*unit, used(item_of(5, 2, Status::Archived))).await;
    add_item(&*unit, used(item_of(6, 3, Status::ToDo))).await;

    let in_use = unit.items().list_products_in_use().await.unwrap();
    let of_one = unit.items().list_products_in_use_by_project(project_id(1)).await.unwrap();
    let of_archived = unit.items().list_products_in_use_by_project(project_id(3)).await.unwrap();
    let with_application = unit.items().list_with_application(project_id(1)).await.unwrap();

    let expected = ProductInUse {
        project_id: project_id(1),
        account_id: project(1).account_id,
        product_workspace_id: application(1).product_workspace_id,
        product_id: application(1).product_id,
    };
    assert_eq!((in_use, of_one), (vec![expected], vec![expected]));
    assert!(of_archived.is_empty(), "{of_archived:?}");
    assert_eq!(with_application, live);
}

#[rstest]
#[tokio::test]
async fn an_item_uses_a_version_of_its_own_product_alone(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    unit.commit().await.unwrap();
    let mut mixed = application(1);
    mixed.product_id = application(2).product_id;
    let mut elsewhere = application(1);
    elsewhere.product_workspace_id = world.here;

    for application in [application(2), mixed, elsewhere] {
        let content = ItemContent::Application {
            name: item(1, 1).content.name().clone(),
            description: None,
            application,
        };
        let refused = put!(world, items, Item { content, ..item(1, 1) });

        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    }
}
