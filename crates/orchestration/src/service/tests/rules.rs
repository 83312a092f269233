//! The rules of boards beside a model of them: random changes, and after each one everything that follows from it.

mod model;

use guildhall_core::{ItemId, PhaseId, TaskId};
use proptest::{prelude::*, sample::Index};

use super::Fixture;
use crate::{
    Board, CreateItem, CreateTask, Gating, Item, ItemPatch, MoveItem, MoveTask, OrchestrationError,
    OrchestrationStore, Place, ProjectPatch, Status, TaskPatch,
    testing::{MemoryStore, activity, item, phase, project, project_id, task},
};
use model::{Card, Model, Refusal};

/// Something that somebody does; what it names is chosen among what is there then.
#[derive(Debug, Clone)]
enum Step {
    Gate(Gating),
    MovePhase(Index, Index),
    AddItem(Index),
    ItemStatus(Index, Status),
    ArchiveItem(Index),
    RestoreItem(Index),
    MoveItem(Index, Index, Index),
    DuplicateItem(Index),
    DeleteItem(Index),
    AddTask(Index),
    TaskStatus(Index, Status),
    ArchiveTask(Index),
    RestoreTask(Index),
    MoveTask(Index, Index),
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![
        3 => Just(Status::ToDo),
        3 => Just(Status::InProgress),
        3 => Just(Status::Completed),
        1 => Just(Status::Archived),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let at = any::<Index>;
    prop_oneof![
        2 => prop_oneof![Just(Gating::Advisory), Just(Gating::Strict)].prop_map(Step::Gate),
        1 => (at(), at()).prop_map(|(phase, to)| Step::MovePhase(phase, to)),
        2 => at().prop_map(Step::AddItem),
        9 => (at(), status()).prop_map(|(item, status)| Step::ItemStatus(item, status)),
        3 => at().prop_map(Step::ArchiveItem),
        3 => at().prop_map(Step::RestoreItem),
        6 => (at(), at(), at()).prop_map(|(item, phase, to)| Step::MoveItem(item, phase, to)),
        1 => at().prop_map(Step::DuplicateItem),
        1 => at().prop_map(Step::DeleteItem),
        2 => at().prop_map(Step::AddTask),
        4 => (at(), status()).prop_map(|(task, status)| Step::TaskStatus(task, status)),
        2 => at().prop_map(Step::ArchiveTask),
        2 => at().prop_map(Step::RestoreTask),
        2 => (at(), at()).prop_map(|(task, item)| Step::MoveTask(task, item)),
    ]
}

/// Three phases, two items in each of the first two, a task in every other item.
fn start() -> (Fixture, Model) {
    let items: Vec<Item> = vec![item(1, 1), item(2, 1), item(3, 2), item(4, 2)];
    let tasks = [task(1, 1), task(2, 3)];
    let store = MemoryStore::default()
        .with_projects([project(1)])
        .with_phases([phase(1), phase(2), phase(3)])
        .with_items(items.clone())
        .with_tasks(tasks.clone());
    let mut model = Model::new([1, 2, 3].map(|number| phase(number).id));
    for item in items {
        model.add_item(item.id, item.phase_id);
    }
    for task in tasks {
        model.add_task(task.id, task.item_id);
    }
    (Fixture::new(store), model)
}

fn pick<T: Copy>(from: &[T], at: &Index) -> Option<T> {
    (!from.is_empty()).then(|| *at.get(from))
}

/// Where among those that stand in a row, with `None` for the end.
fn place<Id: Copy>(row: &[Id], at: &Index) -> (Place<Id>, usize) {
    match at.index(row.len() + 1) {
        index if index == row.len() => (Place::End, index),
        index => row.get(index).map_or((Place::End, index), |next| (Place::Before(*next), index)),
    }
}

/// Does it to both, and answers whether they agree on whether it may be.
async fn act(fixture: &Fixture, model: &mut Model, step: Step) -> Result<(), TestCaseError> {
    let (rules, project) = (fixture.orchestration(), &fixture.project().await);
    let (real, expected) = match step {
        Step::Gate(gating) => {
            let patch = ProjectPatch { gating: Some(gating), ..ProjectPatch::default() };
            let stored = rules.update_project(project.id, patch, None).await;
            model.strict = gating == Gating::Strict;
            (stored.map(drop), Ok(()))
        }
        Step::MovePhase(phase, to) => {
            let Some(id) = pick(&model.phases, &phase) else { return Ok(()) };
            let others: Vec<PhaseId> = model.phases.iter().copied().filter(|other| *other != id).collect();
            let (place, index) = place(&others, &to);
            model.phases = others;
            model.phases.insert(index, id);
            (rules.move_phase(project, &fixture.phase(id).await, place).await.map(drop), Ok(()))
        }
        Step::AddItem(phase) => {
            let Some(phase_id) = pick(&model.phases, &phase) else { return Ok(()) };
            let (content, assignees) = (activity("New"), Vec::new());
            let command = CreateItem { phase_id, content, due_date: None, assignees, place: Place::End };
            let made = rules.create_item(project, command).await;
            if let Ok(made) = &made {
                model.add_item(made.id, phase_id);
            }
            (made.map(drop), Ok(()))
        }
        Step::ItemStatus(item, status) => {
            let Some(id) = pick(&model.item_ids(), &item) else { return Ok(()) };
            let patch = ItemPatch { status: Some(status), ..ItemPatch::default() };
            (
                rules.update_item(project, &fixture.item(id).await, patch).await.map(drop),
                model.item_status(id, status),
            )
        }
        Step::ArchiveItem(item) => {
            let Some(id) = pick(&model.item_ids(), &item) else { return Ok(()) };
            model.archive_item(id);
            (rules.archive_item(project, &fixture.item(id).await).await.map(drop), Ok(()))
        }
        Step::RestoreItem(item) => {
            let Some(id) = pick(&model.item_ids(), &item) else { return Ok(()) };
            (rules.restore_item(project, &fixture.item(id).await).await.map(drop), model.restore_item(id))
        }
        Step::MoveItem(item, phase, to) => {
            let Some(id) = pick(&model.item_ids(), &item) else { return Ok(()) };
            let Some(phase_id) = pick(&model.phases, &phase) else { return Ok(()) };
            let (place, index) = place(&model.others_in(phase_id, id), &to);
            let moved = rules.move_item(project, &fixture.item(id).await, MoveItem { phase_id, place }).await;
            (moved.map(drop), model.move_item(id, phase_id, index))
        }
        Step::DuplicateItem(item) => {
            let Some(id) = pick(&model.item_ids(), &item) else { return Ok(()) };
            let made = rules.duplicate_item(project, &fixture.item(id).await).await;
            if let Ok(made) = &made {
                let mut tasks: Vec<_> = made.tasks.iter().collect();
                tasks.sort_by_key(|task| task.position.to_string());
                model.duplicate_item(id, made.item.id, tasks.iter().map(|task| task.id).collect());
            }
            (made.map(drop), Ok(()))
        }
        Step::DeleteItem(item) => {
            let Some(id) = pick(&model.item_ids(), &item) else { return Ok(()) };
            model.delete_item(id);
            (rules.delete_item(project, &fixture.item(id).await).await.map(drop), Ok(()))
        }
        Step::AddTask(item) => {
            let Some(item_id) = pick(&model.item_ids(), &item) else { return Ok(()) };
            let title = "New".parse().map_err(|_| TestCaseError::fail("no title"))?;
            let (description, due_date, assignees) = (None, None, Vec::new());
            let command = CreateTask { item_id, title, description, due_date, assignees, place: Place::End };
            let made = rules.create_task(project, command).await;
            if let Ok(made) = &made {
                model.add_task(made.id, item_id);
            }
            (made.map(drop), Ok(()))
        }
        Step::TaskStatus(task, status) => {
            let Some(id) = pick(&model.task_ids(), &task) else { return Ok(()) };
            let patch = TaskPatch { status: Some(status), ..TaskPatch::default() };
            (
                rules.update_task(project, &fixture.task(id).await, patch).await.map(drop),
                model.task_status(id, status),
            )
        }
        Step::ArchiveTask(task) => {
            let Some(id) = pick(&model.task_ids(), &task) else { return Ok(()) };
            model.archive_task(id);
            (rules.archive_task(project, &fixture.task(id).await).await.map(drop), Ok(()))
        }
        Step::RestoreTask(task) => {
            let Some(id) = pick(&model.task_ids(), &task) else { return Ok(()) };
            model.restore_task(id);
            (rules.restore_task(project, &fixture.task(id).await).await.map(drop), Ok(()))
        }
        Step::MoveTask(task, item) => {
            let Some(id) = pick(&model.task_ids(), &task) else { return Ok(()) };
            let Some(item_id) = pick(&model.item_ids(), &item) else { return Ok(()) };
            model.move_task(id, item_id);
            (
                rules
                    .move_task(project, &fixture.task(id).await, MoveTask { item_id, place: Place::End })
                    .await
                    .map(drop),
                Ok(()),
            )
        }
    };
    prop_assert_eq!(real.map_err(refusal), expected);
    Ok(())
}

fn refusal(error: OrchestrationError) -> Refusal {
    match error {
        OrchestrationError::UseArchive => Refusal::UseArchive,
        OrchestrationError::PhaseNotReached { current, .. } => Refusal::NotReached(current),
        other => Refusal::Other(other.to_string()),
    }
}

/// What the board says, in the model's words.
fn said(board: &Board) -> Vec<Card> {
    let mut cards = Vec::new();
    for phase in &board.phases {
        cards.push(Card::Phase(phase.phase.id, phase.state, phase.progress));
        for item in &phase.items {
            cards.push(Card::Item(item.item.id, item.item.status, item.progress, item.ahead));
            cards.extend(item.tasks.iter().map(|task| Card::Task(task.id, task.status)));
        }
    }
    cards
}

/// The board, each item by itself, and what is put away.
async fn agree(fixture: &Fixture, model: &Model) -> Result<(), TestCaseError> {
    let (rules, project) = (fixture.orchestration(), project_id(1));
    let failed = |error: OrchestrationError| TestCaseError::fail(error.to_string());
    let board = fixture.board().await;
    prop_assert_eq!(said(&board), model.cards());
    prop_assert_eq!(board.current_phase, model.current());
    prop_assert_eq!(board.progress, model.progress());
    for id in model.item_ids() {
        let alone = rules.read_item(fixture.item(id).await).await.map_err(failed)?;
        prop_assert_eq!(alone.item.status, model.status_of(id));
        prop_assert_eq!(alone.item.restored_status, model.restored_of(id));
        prop_assert_eq!(alone.ahead, model.is_ahead(id));
        if let Some(on_board) = board.item(id) {
            prop_assert_eq!(&alone, on_board);
        }
    }
    let outlines = rules.outlines(&[project]).await.map_err(failed)?;
    let outline = outlines.get(&project).cloned().unwrap_or_default();
    prop_assert_eq!(outline.progress(), model.progress());
    prop_assert_eq!(outline.current().map(|phase| phase.id), model.current());
    let stored = fixture.store.tasks().list_by_project(project).await.map_err(|_| failed_store())?;
    prop_assert_eq!(stored.len(), model.task_ids().len());
    Ok(())
}

fn failed_store() -> TestCaseError {
    TestCaseError::fail("the store failed")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_board_follows_its_rules_through_any_changes(steps in prop::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build()
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        runtime.block_on(async {
            let (fixture, mut model) = start();
            for step in steps {
                act(&fixture, &mut model, step).await?;
                agree(&fixture, &model).await?;
            }
            Ok::<(), TestCaseError>(())
        })?;
    }
}

#[tokio::test]
async fn the_comparison_notices_a_board_that_does_not_follow_its_model() {
    let (fixture, mut model) = start();
    let first: ItemId = model.item_ids()[0];
    let _: TaskId = model.task_ids()[0];

    model.item_status(first, Status::Completed).unwrap();

    assert!(agree(&fixture, &model).await.is_err());
}
