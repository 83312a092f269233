//! Phases: the columns of the Canvas.

use chrono::NaiveDate;
use guildhall_core::{Name, PhaseId, ProjectId, Text, UserId};
use serde::Serialize;

use crate::{OrchestrationError, PhasePatch, Position, project::ensure_dates_in_order};

/// A phase of a project's workflow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Phase {
    /// Its id.
    pub id: PhaseId,
    /// The project whose workflow it is a part of.
    pub project_id: ProjectId,
    /// Its name.
    pub name: Name,
    /// What it is to achieve.
    pub objective: Option<Text>,
    /// What it is to deliver.
    pub deliverables: Option<Text>,
    /// The day on which it starts; never after the due date.
    pub start_date: Option<NaiveDate>,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// Who answers for it: members of the project, each once, in ascending order of their ids.
    pub assignees: Vec<UserId>,
    /// Where it stands in the workflow.
    pub position: Position,
}

impl Phase {
    /// The phase with the changes of a patch, whose assignees have been checked.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::StartAfterDue`].
    pub(crate) fn patched(mut self, patch: PhasePatch) -> Result<Self, OrchestrationError> {
        self.name = patch.name.unwrap_or(self.name);
        self.objective = patch.objective.unwrap_or(self.objective);
        self.deliverables = patch.deliverables.unwrap_or(self.deliverables);
        self.start_date = patch.start_date.unwrap_or(self.start_date);
        self.due_date = patch.due_date.unwrap_or(self.due_date);
        self.assignees = patch.assignees.unwrap_or(self.assignees);
        ensure_dates_in_order(self.start_date, self.due_date)?;
        Ok(self)
    }
}
