//! Copies of cards. A copy stands right after its original and is to do; its words, dates and assignees are the same.

use std::collections::BTreeMap;

use guildhall_core::{ItemId, PhaseId, TaskId};

use super::Orchestration;
use crate::{CardCounts, Item, OrchestrationError, Phase, Place, Project, Status, Task};

/// A copy of an item, with copies of its unarchived tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemCopy {
    /// The new item.
    pub item: Item,
    /// Its tasks.
    pub tasks: Vec<Task>,
}

/// A copy of a phase, with copies of its unarchived items and their unarchived tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseCopy {
    /// The new phase.
    pub phase: Phase,
    /// Its items.
    pub items: Vec<Item>,
    /// The items' tasks.
    pub tasks: Vec<Task>,
}

impl Orchestration<'_> {
    /// Copies a task.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`] or [`OrchestrationError::BoardTooLarge`].
    pub async fn duplicate_task(
        &self,
        project: &Project,
        original: &Task,
    ) -> Result<Task, OrchestrationError> {
        project.ensure_active()?;
        self.expect_room(project.id, CardCounts { tasks: 1, ..CardCounts::default() }).await?;
        let position = self.place_task(original.item_id, None, Place::After(Some(original.id))).await?;
        let copy = Task { position, ..self.copied_task(original.clone()) };
        self.store.tasks().insert(&copy).await?;
        Ok(copy)
    }

    /// Copies an item with its tasks. Whether a product that it uses can be used here is checked before.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`] or [`OrchestrationError::BoardTooLarge`].
    pub async fn duplicate_item(
        &self,
        project: &Project,
        original: &Item,
    ) -> Result<ItemCopy, OrchestrationError> {
        project.ensure_active()?;
        let originals = self.store.tasks().list_by_item(original.id).await?;
        let copies = CardCounts { items: 1, tasks: originals.len(), ..CardCounts::default() };
        self.expect_room(project.id, copies).await?;
        let position = self.place_item(original.phase_id, None, Place::After(Some(original.id))).await?;
        let item = Item { position, ..self.copied_item(original.clone()) };
        let tasks = self.copied_tasks(originals, &BTreeMap::from([(original.id, item.id)]));
        self.store.items().insert(&item).await?;
        self.store.tasks().insert_all(&tasks).await?;
        Ok(ItemCopy { item, tasks })
    }

    /// Copies a phase with all that is not archived in it. Whether the products can be used here is checked before.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`] or [`OrchestrationError::BoardTooLarge`].
    pub async fn duplicate_phase(
        &self,
        project: &Project,
        original: &Phase,
    ) -> Result<PhaseCopy, OrchestrationError> {
        project.ensure_active()?;
        let mut originals = self.store.items().list_by_phase(original.id).await?;
        originals.retain(|item| item.status != Status::Archived);
        let tasks = self.store.tasks().list_by_phase(original.id).await?;
        let copies = CardCounts { phases: 1, items: originals.len(), tasks: tasks.len() };
        self.expect_room(project.id, copies).await?;
        let position = self.place_phase(project.id, None, Place::After(Some(original.id))).await?;
        let phase = Phase { id: PhaseId::new(self.ids.uuid()), position, ..original.clone() };
        let mut copies = BTreeMap::new();
        let mut copied = |original: Item| {
            let (from, position) = (original.id, original.position.clone());
            let copy = Item { phase_id: phase.id, position, ..self.copied_item(original) };
            copies.insert(from, copy.id);
            copy
        };
        let items: Vec<Item> = originals.into_iter().map(&mut copied).collect();
        let tasks = self.copied_tasks(tasks, &copies);
        self.store.phases().insert(&phase).await?;
        self.store.items().insert_all(&items).await?;
        self.store.tasks().insert_all(&tasks).await?;
        Ok(PhaseCopy { phase, items, tasks })
    }

    fn copied_item(&self, original: Item) -> Item {
        let id = ItemId::new(self.ids.uuid());
        Item { id, status: Status::ToDo, restored_status: None, ..original }
    }

    fn copied_task(&self, original: Task) -> Task {
        let id = TaskId::new(self.ids.uuid());
        Task { id, status: Status::ToDo, restored_status: None, ..original }
    }

    /// Copies of those of the tasks that are not archived and whose items were copied, each in the copy of its item.
    fn copied_tasks(&self, originals: Vec<Task>, copies: &BTreeMap<ItemId, ItemId>) -> Vec<Task> {
        let live = originals.into_iter().filter(|task| task.status != Status::Archived);
        let copied = |task: Task| {
            let item_id = *copies.get(&task.item_id)?;
            Some(Task { item_id, ..self.copied_task(task) })
        };
        live.filter_map(copied).collect()
    }
}
