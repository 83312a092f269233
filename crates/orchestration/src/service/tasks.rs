//! Tasks: creating, changing, moving, putting away, deleting.

use guildhall_core::{ItemId, TaskId};

use super::Orchestration;
use crate::{
    CardCounts, CreateTask, MoveTask, OrchestrationError, Place, Position, Project, Status, Task, TaskPatch,
    arrange,
};

impl Orchestration<'_> {
    /// Adds a task to an item; it is to do.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] for the item,
    /// [`OrchestrationError::NotAMember`], [`OrchestrationError::BoardTooLarge`] or [`OrchestrationError::NotANeighbour`].
    pub async fn create_task(
        &self,
        project: &Project,
        command: CreateTask,
    ) -> Result<Task, OrchestrationError> {
        project.ensure_active()?;
        let item = self.find_item(project.id, command.item_id).await?;
        let assignees = self.assignees(project.id, command.assignees).await?;
        self.expect_room(project.id, CardCounts { tasks: 1, ..CardCounts::default() }).await?;
        let position = self.place_task(item.id, None, command.place).await?;
        let task = Task {
            id: TaskId::new(self.ids.uuid()),
            project_id: project.id,
            item_id: item.id,
            title: command.title,
            description: command.description,
            status: Status::ToDo,
            restored_status: None,
            due_date: command.due_date,
            assignees,
            position,
        };
        self.store.tasks().insert(&task).await?;
        Ok(task)
    }

    /// Changes a task. Its item's status stays as it is.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotAMember`] or
    /// [`OrchestrationError::UseArchive`].
    pub async fn update_task(
        &self,
        project: &Project,
        before: &Task,
        mut patch: TaskPatch,
    ) -> Result<Task, OrchestrationError> {
        project.ensure_active()?;
        patch.assignees = self.patched_assignees(project.id, patch.assignees).await?;
        let after = before.clone().patched(patch)?;
        self.store_task(before, after).await
    }

    /// Moves a task, inside its item or to another one of the project.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] for the item, or
    /// [`OrchestrationError::NotANeighbour`].
    pub async fn move_task(
        &self,
        project: &Project,
        before: &Task,
        command: MoveTask,
    ) -> Result<Task, OrchestrationError> {
        project.ensure_active()?;
        if command.item_id != before.item_id {
            self.find_item(project.id, command.item_id).await?;
        }
        let position = self.place_task(command.item_id, Some(before), command.place).await?;
        let after = Task { item_id: command.item_id, position, ..before.clone() };
        self.store_task(before, after).await
    }

    /// Puts a task away, with its status remembered; one that is archived already stays as it is.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`].
    pub async fn archive_task(&self, project: &Project, before: &Task) -> Result<Task, OrchestrationError> {
        project.ensure_active()?;
        let (status, restored_status) = before.status.archive(before.restored_status);
        self.store_task(before, Task { status, restored_status, ..before.clone() }).await
    }

    /// Brings a task back with the status that it had; one that is not archived stays as it is.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`].
    pub async fn restore_task(&self, project: &Project, before: &Task) -> Result<Task, OrchestrationError> {
        project.ensure_active()?;
        let (status, restored_status) = before.status.restore(before.restored_status);
        self.store_task(before, Task { status, restored_status, ..before.clone() }).await
    }

    /// Deletes a task for good.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`].
    pub async fn delete_task(&self, project: &Project, task: &Task) -> Result<(), OrchestrationError> {
        project.ensure_active()?;
        Ok(self.store.tasks().delete(task.id).await?)
    }

    pub(super) async fn place_task(
        &self,
        item_id: ItemId,
        moved: Option<&Task>,
        place: Place<TaskId>,
    ) -> Result<Position, OrchestrationError> {
        let present = moved.filter(|task| task.item_id == item_id).map(|task| &task.position);
        let moved = moved.map(|task| task.id);
        if let Some(present) = place.staying(moved, present) {
            return Ok(present);
        }
        let gap = self.store.tasks().find_gap(item_id, moved, place).await?;
        match gap.ok_or(OrchestrationError::NotANeighbour)?.position(present) {
            Some(position) => Ok(position),
            None => self.respace_tasks(item_id, moved, place).await,
        }
    }

    /// Gives all tasks of an item short positions again.
    async fn respace_tasks(
        &self,
        item_id: ItemId,
        moved: Option<TaskId>,
        place: Place<TaskId>,
    ) -> Result<Position, OrchestrationError> {
        let siblings = self.store.tasks().list_by_item(item_id).await?;
        let positions: Vec<_> = siblings.iter().map(|task| (task.id, task.position.clone())).collect();
        let mut arrangement = arrange(&positions, moved, place)?;
        for sibling in siblings {
            if let Some(position) = arrangement.siblings.remove(&sibling.id) {
                let moved = Task { position, ..sibling.clone() };
                self.store.tasks().update(&sibling, &moved).await?;
            }
        }
        Ok(arrangement.position)
    }

    async fn store_task(&self, before: &Task, after: Task) -> Result<Task, OrchestrationError> {
        if after != *before {
            self.store.tasks().update(before, &after).await?;
        }
        Ok(after)
    }
}
