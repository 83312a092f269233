//! Copies of cards. A copy stands right after its original and is to do; its words, dates and assignees are the same.

use std::collections::BTreeMap;

use guildhall_core::{ItemId, PhaseId, ProjectId, TaskId};

use super::Orchestration;
use crate::{CardCounts, Item, OrchestrationError, Phase, Place, Status, Task};

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
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] or
    /// [`OrchestrationError::BoardTooLarge`].
    pub async fn duplicate_task(
        &self,
        project_id: ProjectId,
        id: TaskId,
    ) -> Result<Task, OrchestrationError> {
        self.active_project(project_id).await?;
        let original = self.find_task(project_id, id).await?;
        self.expect_room(project_id, CardCounts { tasks: 1, ..CardCounts::default() }).await?;
        let position = self.place_task(original.item_id, None, Place::After(Some(id))).await?;
        let copy = Task { position, ..self.copied_task(original) };
        self.store.tasks().insert(&copy).await?;
        Ok(copy)
    }

    /// Copies an item with its tasks. Whether a product that it uses can be used here is checked before.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] or
    /// [`OrchestrationError::BoardTooLarge`].
    pub async fn duplicate_item(
        &self,
        project_id: ProjectId,
        id: ItemId,
    ) -> Result<ItemCopy, OrchestrationError> {
        self.active_project(project_id).await?;
        let original = self.find_item(project_id, id).await?;
        let originals = self.store.tasks().list_by_item(id).await?;
        let copies = CardCounts { items: 1, tasks: originals.len(), ..CardCounts::default() };
        self.expect_room(project_id, copies).await?;
        let position = self.place_item(original.phase_id, None, Place::After(Some(id))).await?;
        let item = Item { position, ..self.copied_item(original) };
        let tasks = self.copied_tasks(originals, &BTreeMap::from([(id, item.id)]));
        self.store.items().insert(&item).await?;
        self.store.tasks().insert_all(&tasks).await?;
        Ok(ItemCopy { item, tasks })
    }

    /// Copies a phase with all that is not archived in it. Whether the products can be used here is checked before.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] or
    /// [`OrchestrationError::BoardTooLarge`].
    pub async fn duplicate_phase(
        &self,
        project_id: ProjectId,
        id: PhaseId,
    ) -> Result<PhaseCopy, OrchestrationError> {
        self.active_project(project_id).await?;
        let original = self.find_phase(project_id, id).await?;
        let mut originals = self.store.items().list_by_phase(id).await?;
        originals.retain(|item| item.status != Status::Archived);
        let tasks = self.store.tasks().list_by_phase(id).await?;
        let copies = CardCounts { phases: 1, items: originals.len(), tasks: tasks.len() };
        self.expect_room(project_id, copies).await?;
        let position = self.place_phase(project_id, None, Place::After(Some(id))).await?;
        let phase = Phase { id: PhaseId::new(self.ids.uuid()), position, ..original };
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
