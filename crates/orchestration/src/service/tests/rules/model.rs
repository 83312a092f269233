//! The rules once more, as slowly and as plainly as they are written: whatever follows is found by looking at everything.

use guildhall_core::{ItemId, PhaseId, TaskId};

use crate::{PhaseState, Progress, Status};

/// A board: phases in order, all items and all tasks in the order in which they stand, archived ones too.
pub(super) struct Model {
    pub(super) strict: bool,
    pub(super) phases: Vec<PhaseId>,
    items: Vec<Thing<ItemId, PhaseId>>,
    tasks: Vec<Thing<TaskId, ItemId>>,
}

struct Thing<Id, Parent> {
    id: Id,
    parent: Parent,
    status: Status,
    restored: Option<Status>,
}

/// One line of what a board shows.
#[derive(Debug, PartialEq)]
pub(super) enum Card {
    Phase(PhaseId, PhaseState, Progress),
    Item(ItemId, Status, Progress, bool),
    Task(TaskId, Status),
}

/// Why something may not be.
#[derive(Debug, PartialEq)]
pub(super) enum Refusal {
    UseArchive,
    NotReached(PhaseId),
    Other(String),
}

const OPEN: [Status; 2] = [Status::ToDo, Status::InProgress];
const BEGUN: [Status; 2] = [Status::InProgress, Status::Completed];

impl<Id, Parent> Thing<Id, Parent> {
    fn new(id: Id, parent: Parent) -> Self {
        Self { id, parent, status: Status::ToDo, restored: None }
    }

    fn archive(&mut self) {
        if self.status != Status::Archived {
            self.restored = Some(self.status);
            self.status = Status::Archived;
        }
    }

    fn restore(&mut self) {
        if let Some(status) = self.restored.take() {
            self.status = status;
        }
    }
}

impl Model {
    pub(super) fn new(phases: impl IntoIterator<Item = PhaseId>) -> Self {
        let phases = phases.into_iter().collect();
        Self { strict: false, phases, items: Vec::new(), tasks: Vec::new() }
    }

    pub(super) fn add_item(&mut self, id: ItemId, phase: PhaseId) {
        self.items.push(Thing::new(id, phase));
    }

    pub(super) fn add_task(&mut self, id: TaskId, item: ItemId) {
        self.tasks.push(Thing::new(id, item));
    }

    pub(super) fn item_ids(&self) -> Vec<ItemId> {
        self.items.iter().map(|item| item.id).collect()
    }

    pub(super) fn task_ids(&self) -> Vec<TaskId> {
        self.tasks.iter().map(|task| task.id).collect()
    }

    /// All items of a phase but one.
    pub(super) fn others_in(&self, phase: PhaseId, id: ItemId) -> Vec<ItemId> {
        self.items.iter().filter(|item| item.parent == phase && item.id != id).map(|item| item.id).collect()
    }

    pub(super) fn status_of(&self, id: ItemId) -> Status {
        self.item(id).status
    }

    pub(super) fn restored_of(&self, id: ItemId) -> Option<Status> {
        self.item(id).restored
    }

    pub(super) fn item_status(&mut self, id: ItemId, status: Status) -> Result<(), Refusal> {
        if status == Status::Archived || self.item(id).status == Status::Archived {
            return Err(Refusal::UseArchive);
        }
        self.may_be(id, self.item(id).parent, status)?;
        self.item_mut(id).status = status;
        Ok(())
    }

    pub(super) fn archive_item(&mut self, id: ItemId) {
        self.item_mut(id).archive();
    }

    pub(super) fn restore_item(&mut self, id: ItemId) -> Result<(), Refusal> {
        if let Some(status) = self.item(id).restored {
            self.may_be(id, self.item(id).parent, status)?;
        }
        self.item_mut(id).restore();
        Ok(())
    }

    pub(super) fn move_item(&mut self, id: ItemId, phase: PhaseId, index: usize) -> Result<(), Refusal> {
        self.may_be(id, phase, self.item(id).status)?;
        let next = self.others_in(phase, id).get(index).copied();
        let from = self.items.iter().position(|item| item.id == id).unwrap();
        let mut item = self.items.remove(from);
        item.parent = phase;
        let to = next.and_then(|next| self.items.iter().position(|item| item.id == next));
        self.items.insert(to.unwrap_or(self.items.len()), item);
        Ok(())
    }

    pub(super) fn duplicate_item(&mut self, id: ItemId, copy: ItemId, tasks: Vec<TaskId>) {
        let phase = self.item(id).parent;
        let at = self.items.iter().position(|item| item.id == id).unwrap();
        self.items.insert(at + 1, Thing::new(copy, phase));
        let live = self.tasks.iter().filter(|task| task.parent == id && task.status != Status::Archived);
        assert_eq!(live.count(), tasks.len());
        for task in tasks {
            self.add_task(task, copy);
        }
    }

    pub(super) fn delete_item(&mut self, id: ItemId) {
        self.items.retain(|item| item.id != id);
        self.tasks.retain(|task| task.parent != id);
    }

    pub(super) fn task_status(&mut self, id: TaskId, status: Status) -> Result<(), Refusal> {
        let task = self.task_mut(id);
        if status == Status::Archived || task.status == Status::Archived {
            return Err(Refusal::UseArchive);
        }
        task.status = status;
        Ok(())
    }

    pub(super) fn archive_task(&mut self, id: TaskId) {
        self.task_mut(id).archive();
    }

    pub(super) fn restore_task(&mut self, id: TaskId) {
        self.task_mut(id).restore();
    }

    /// To the end of an item.
    pub(super) fn move_task(&mut self, id: TaskId, item: ItemId) {
        let from = self.tasks.iter().position(|task| task.id == id).unwrap();
        let mut task = self.tasks.remove(from);
        task.parent = item;
        self.tasks.push(task);
    }

    /// The first phase with items that is not completed.
    pub(super) fn current(&self) -> Option<PhaseId> {
        self.phases.iter().copied().find(|phase| {
            let statuses = self.statuses_in(*phase);
            !statuses.is_empty() && statuses.iter().any(|status| OPEN.contains(status))
        })
    }

    /// Begun or done although the phase comes after the current one.
    pub(super) fn is_ahead(&self, id: ItemId) -> bool {
        let item = self.item(id);
        BEGUN.contains(&item.status) && self.is_after_current(item.parent)
    }

    pub(super) fn progress(&self) -> Progress {
        let statuses: Vec<Status> = self.items.iter().map(|item| item.status).collect();
        counted(&statuses)
    }

    /// What the board shows, line by line.
    pub(super) fn cards(&self) -> Vec<Card> {
        let mut cards = Vec::new();
        for phase in &self.phases {
            let statuses = self.statuses_in(*phase);
            let state = if statuses.iter().all(|status| *status == Status::ToDo) {
                PhaseState::NotStarted
            } else if statuses.iter().all(|status| *status == Status::Completed) {
                PhaseState::Completed
            } else {
                PhaseState::Active
            };
            cards.push(Card::Phase(*phase, state, counted(&statuses)));
            for item in self.items.iter().filter(|item| item.parent == *phase) {
                if item.status != Status::Archived {
                    self.show_item(item, &mut cards);
                }
            }
        }
        cards
    }

    fn show_item(&self, item: &Thing<ItemId, PhaseId>, cards: &mut Vec<Card>) {
        let tasks = self.tasks.iter().filter(|task| task.parent == item.id);
        let tasks: Vec<_> = tasks.filter(|task| task.status != Status::Archived).collect();
        let statuses: Vec<Status> = tasks.iter().map(|task| task.status).collect();
        let progress = if tasks.is_empty() { counted(&[item.status]) } else { counted(&statuses) };
        cards.push(Card::Item(item.id, item.status, progress, self.is_ahead(item.id)));
        cards.extend(tasks.into_iter().map(|task| Card::Task(task.id, task.status)));
    }

    /// Under strict gating an item that is not ahead does not become so by what is done to it.
    fn may_be(&self, id: ItemId, phase: PhaseId, status: Status) -> Result<(), Refusal> {
        let would_be_ahead = BEGUN.contains(&status) && self.is_after_current(phase);
        match self.current() {
            Some(current) if self.strict && would_be_ahead && !self.is_ahead(id) => {
                Err(Refusal::NotReached(current))
            }
            _ => Ok(()),
        }
    }

    fn is_after_current(&self, phase: PhaseId) -> bool {
        let place = |wanted: PhaseId| self.phases.iter().position(|phase| *phase == wanted);
        self.current().is_some_and(|current| place(phase) > place(current))
    }

    /// Of all that is not archived in a phase.
    fn statuses_in(&self, phase: PhaseId) -> Vec<Status> {
        let live = self.items.iter().filter(|item| item.parent == phase && item.status != Status::Archived);
        live.map(|item| item.status).collect()
    }

    fn item(&self, id: ItemId) -> &Thing<ItemId, PhaseId> {
        self.items.iter().find(|item| item.id == id).unwrap()
    }

    fn item_mut(&mut self, id: ItemId) -> &mut Thing<ItemId, PhaseId> {
        self.items.iter_mut().find(|item| item.id == id).unwrap()
    }

    fn task_mut(&mut self, id: TaskId) -> &mut Thing<TaskId, ItemId> {
        self.tasks.iter_mut().find(|task| task.id == id).unwrap()
    }
}

/// Completed of all that are not archived.
fn counted(statuses: &[Status]) -> Progress {
    let of = |wanted: &[Status]| statuses.iter().filter(|status| wanted.contains(status)).count();
    let done = u32::try_from(of(&[Status::Completed])).unwrap();
    Progress { done, total: done + u32::try_from(of(&OPEN)).unwrap() }
}
