//! What somebody has to do, and where he does it.

use chrono::NaiveDate;
use guildhall_core::{ItemId, Name, PhaseId, ProjectId, TaskId};

use crate::{Progress, Project, ProjectRole, Status};

/// An unfinished item or task that somebody works on, in an active project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignedWork {
    /// What it is.
    pub subject: WorkSubject,
    /// What it is called.
    pub name: Name,
    /// How far it has come.
    pub status: Status,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// Its project.
    pub project: (ProjectId, Name),
    /// Its phase, or its item's.
    pub phase: (PhaseId, Name),
}

/// An item, or a task with its item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkSubject {
    /// An item.
    Item(ItemId),
    /// A task.
    Task {
        /// Its id.
        id: TaskId,
        /// The item that it is a part of.
        item: (ItemId, Name),
    },
}

impl AssignedWork {
    /// Whether it should have been done before that day.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due_date.is_some_and(|due| due < today)
    }
}

/// A project with somebody's part in it.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberProject {
    /// The project.
    pub project: Project,
    /// What he is in it.
    pub role: ProjectRole,
    /// Items completed of all.
    pub progress: Progress,
    /// The first of its phases with items that is not completed.
    pub current_phase: Option<PhaseId>,
}
