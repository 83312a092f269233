//! The Canvas of a project, as one value.

use std::{collections::HashMap, hash::Hash};

use guildhall_core::{ItemId, PhaseId};

use crate::{Item, Outline, Phase, PhaseOutline, PhaseState, Progress, Project, Status, StatusCounts, Task};

/// A project's workflow with all that lies on it, in order. Archived items and tasks are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// The project.
    pub project: Project,
    /// Items completed of all items.
    pub progress: Progress,
    /// The first phase with items that is not completed.
    pub current_phase: Option<PhaseId>,
    /// The phases, in order.
    pub phases: Vec<BoardPhase>,
}

/// A phase on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardPhase {
    /// The phase.
    pub phase: Phase,
    /// How far it has come.
    pub state: PhaseState,
    /// Its items completed of all its items.
    pub progress: Progress,
    /// Its items, in order.
    pub items: Vec<BoardItem>,
}

/// An item on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardItem {
    /// The item.
    pub item: Item,
    /// Whether it is begun or done although its phase comes after the current one.
    pub ahead: bool,
    /// Its tasks done of all its tasks, or 0 or 1 of 1.
    pub progress: Progress,
    /// Its tasks, in order.
    pub tasks: Vec<Task>,
}

impl Board {
    /// Builds the board from its rows, which may come in any order.
    pub fn build(project: Project, mut phases: Vec<Phase>, items: Vec<Item>, tasks: Vec<Task>) -> Self {
        let mut tasks = by_parent(tasks, |task| task.item_id);
        let mut items = by_parent(items, |item| item.phase_id);
        phases.sort_by(|a, b| (&a.position, a.id).cmp(&(&b.position, b.id)));
        let outline_of = |phase: &Phase| {
            let items = items.get(&phase.id).into_iter().flatten();
            PhaseOutline {
                id: phase.id,
                name: phase.name.clone(),
                counts: items.map(|item| item.status).collect(),
            }
        };
        let outline = Outline(phases.iter().map(outline_of).collect());

        let mut build_phase = |phase: Phase| {
            let items = items.remove(&phase.id).unwrap_or_default();
            let reached = outline.has_reached(phase.id);
            BoardPhase::new(phase, items, &mut tasks, reached)
        };
        Self {
            project,
            phases: phases.into_iter().map(&mut build_phase).collect(),
            progress: outline.progress(),
            current_phase: outline.current().map(|phase| phase.id),
        }
    }

    /// The phase with that id.
    pub fn phase(&self, id: PhaseId) -> Option<&BoardPhase> {
        self.phases.iter().find(|phase| phase.phase.id == id)
    }

    /// The item with that id, unless it is archived.
    pub fn item(&self, id: ItemId) -> Option<&BoardItem> {
        self.phases.iter().flat_map(|phase| &phase.items).find(|item| item.item.id == id)
    }
}

impl BoardPhase {
    /// A phase by itself, with the items and tasks that stand in it, which may come in any order. It is reached where the current
    /// phase does not come before it.
    pub fn alone(phase: Phase, items: Vec<Item>, tasks: Vec<Task>, reached: bool) -> Self {
        Self::new(phase, items, &mut by_parent(tasks, |task| task.item_id), reached)
    }

    fn new(
        phase: Phase,
        mut items: Vec<Item>,
        tasks: &mut HashMap<ItemId, Vec<Task>>,
        reached: bool,
    ) -> Self {
        items.retain(|item| item.status != Status::Archived);
        items.sort_by(|a, b| (&a.position, a.id).cmp(&(&b.position, b.id)));
        let counts: StatusCounts = items.iter().map(|item| item.status).collect();
        let build_item = |item: Item| {
            let tasks = tasks.remove(&item.id).unwrap_or_default();
            BoardItem::new(item, tasks, reached)
        };
        Self {
            phase,
            state: counts.state(),
            progress: counts.progress(),
            items: items.into_iter().map(build_item).collect(),
        }
    }
}

impl BoardItem {
    /// An item, archived or not, of a phase that is reached or not, with its tasks, which may come in any order.
    pub fn new(item: Item, mut tasks: Vec<Task>, reached: bool) -> Self {
        tasks.retain(|task| task.status != Status::Archived);
        tasks.sort_by(|a, b| (&a.position, a.id).cmp(&(&b.position, b.id)));
        let progress = Progress::of_item(item.status, tasks.iter().map(|task| task.status));
        Self { ahead: item.status.is_begun() && !reached, item, progress, tasks }
    }
}

fn by_parent<Row, Id: Eq + Hash>(rows: Vec<Row>, parent: impl Fn(&Row) -> Id) -> HashMap<Id, Vec<Row>> {
    let mut groups: HashMap<Id, Vec<Row>> = HashMap::new();
    for row in rows {
        groups.entry(parent(&row)).or_default().push(row);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{item, item_id, phase, phase_id, project, task};

    fn with_status(item: Item, status: Status) -> Item {
        Item { status, ..item }
    }

    #[test]
    fn everything_stands_in_its_order_whatever_order_the_rows_come_in() {
        let board = Board::build(
            project(1),
            vec![phase(2), phase(1)],
            vec![item(3, 2), item(2, 1), item(1, 1)],
            vec![task(2, 1), task(1, 1)],
        );

        let order: Vec<Vec<ItemId>> =
            board.phases.iter().map(|phase| phase.items.iter().map(|item| item.item.id).collect()).collect();
        assert_eq!(order, [vec![item_id(1), item_id(2)], vec![item_id(3)]]);
        assert_eq!(board.item(item_id(1)).unwrap().tasks, [task(1, 1), task(2, 1)]);
    }

    #[test]
    fn archived_items_and_tasks_are_left_out_and_do_not_count() {
        let items =
            vec![with_status(item(1, 1), Status::Completed), with_status(item(2, 1), Status::Archived)];
        let tasks = vec![Task { status: Status::Archived, ..task(1, 1) }];

        let board = Board::build(project(1), vec![phase(1)], items, tasks);

        assert_eq!(board.progress, Progress { done: 1, total: 1 });
        assert_eq!(board.phase(phase_id(1)).unwrap().state, PhaseState::Completed);
        assert!(board.item(item_id(1)).unwrap().tasks.is_empty());
        assert_eq!(board.item(item_id(2)), None);
    }

    #[test]
    fn the_current_phase_is_the_first_with_items_that_is_not_completed() {
        let items = vec![with_status(item(1, 2), Status::Completed), item(2, 3), item(3, 4)];

        let board = Board::build(project(1), vec![phase(1), phase(2), phase(3), phase(4)], items, vec![]);

        assert_eq!(board.current_phase, Some(phase_id(3)));
    }

    #[test]
    fn an_item_begun_in_a_phase_after_the_current_one_is_ahead() {
        let items = vec![
            with_status(item(1, 1), Status::InProgress),
            item(2, 2),
            with_status(item(3, 2), Status::InProgress),
            with_status(item(4, 2), Status::Completed),
        ];

        let board = Board::build(project(1), vec![phase(1), phase(2)], items, vec![]);

        let ahead: Vec<bool> = (1..=4).map(|id| board.item(item_id(id)).unwrap().ahead).collect();
        assert_eq!(ahead, [false, false, true, true]);
    }

    #[test]
    fn nothing_is_ahead_once_all_is_completed() {
        let items =
            vec![with_status(item(1, 1), Status::Completed), with_status(item(2, 2), Status::Completed)];

        let board = Board::build(project(1), vec![phase(1), phase(2)], items, vec![]);

        assert_eq!(board.current_phase, None);
        assert!(board.phases.iter().flat_map(|phase| &phase.items).all(|item| !item.ahead));
    }

    #[test]
    fn a_task_does_not_change_what_its_phase_counts() {
        let tasks = vec![Task { status: Status::Completed, ..task(1, 1) }, task(2, 1)];

        let board = Board::build(project(1), vec![phase(1)], vec![item(1, 1)], tasks);

        assert_eq!(board.item(item_id(1)).unwrap().progress, Progress { done: 1, total: 2 });
        assert_eq!(board.progress, Progress { done: 0, total: 1 });
    }
}
