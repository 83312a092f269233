//! Tasks: pieces of work inside an item.

use chrono::NaiveDate;
use guildhall_core::{ItemId, Name, ProjectId, TaskId, Text, UserId};
use serde::Serialize;

use crate::{OrchestrationError, Position, Status, TaskPatch};

/// A piece of work inside an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The project on whose board it lies.
    pub project_id: ProjectId,
    /// The item that it is a part of.
    pub item_id: ItemId,
    /// What is to be done, in one line.
    pub title: Name,
    /// What is to be done.
    pub description: Option<Text>,
    /// How far it has come; it does not change the item's.
    pub status: Status,
    /// The status that restoring goes back to; set while it is archived, and only then.
    pub restored_status: Option<Status>,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// Who works on it: members of the project, each once, in ascending order of their ids.
    pub assignees: Vec<UserId>,
    /// Where it stands in its item, among archived tasks too.
    pub position: Position,
}

impl Task {
    /// The task with the changes of a patch, whose assignees have been checked.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::UseArchive`].
    pub(crate) fn patched(mut self, patch: TaskPatch) -> Result<Self, OrchestrationError> {
        if let Some(status) = patch.status {
            self.status = self.status.change_to(status)?;
        }
        self.title = patch.title.unwrap_or(self.title);
        self.description = patch.description.unwrap_or(self.description);
        self.due_date = patch.due_date.unwrap_or(self.due_date);
        self.assignees = patch.assignees.unwrap_or(self.assignees);
        Ok(self)
    }
}
