//! What the use cases are asked. In a patch `None` leaves a field alone; in a field that may be empty `Some(None)`
//! empties it.

use chrono::NaiveDate;
use guildhall_core::{ItemId, Link, Name, NodeId, PhaseId, TaskId, Text, UserId};
use serde_json::{Map, Value};

use crate::{Gating, ItemContent, Place, ProjectRole, Status};

/// A new project.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateProject {
    /// Its name.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// The node to link it to.
    pub node_id: Option<NodeId>,
    /// The day on which it starts.
    pub start_date: Option<NaiveDate>,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// What becomes of work that begins before its phase has come.
    pub gating: Gating,
}

/// Changes to a project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProjectPatch {
    /// Its name.
    pub name: Option<Name>,
    /// What it is for.
    pub description: Option<Option<Text>>,
    /// The node that it is linked to. Whether its items allow that is checked before.
    pub node_id: Option<Option<NodeId>>,
    /// The day on which it starts.
    pub start_date: Option<Option<NaiveDate>>,
    /// The day on which it is due.
    pub due_date: Option<Option<NaiveDate>>,
    /// What becomes of work that begins before its phase has come. What is ahead already stays as it is.
    pub gating: Option<Gating>,
}

/// A new member of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddMember {
    /// The user, who is a member of the workspace.
    pub user_id: UserId,
    /// What he is to be.
    pub role: ProjectRole,
}

/// A new phase.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatePhase {
    /// Its name.
    pub name: Name,
    /// What it is to achieve.
    pub objective: Option<Text>,
    /// What it is to deliver.
    pub deliverables: Option<Text>,
    /// The day on which it starts.
    pub start_date: Option<NaiveDate>,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// Who answers for it, in any order.
    pub assignees: Vec<UserId>,
    /// Where in the workflow.
    pub place: Place<PhaseId>,
}

/// Changes to a phase.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PhasePatch {
    /// Its name.
    pub name: Option<Name>,
    /// What it is to achieve.
    pub objective: Option<Option<Text>>,
    /// What it is to deliver.
    pub deliverables: Option<Option<Text>>,
    /// The day on which it starts.
    pub start_date: Option<Option<NaiveDate>>,
    /// The day on which it is due.
    pub due_date: Option<Option<NaiveDate>>,
    /// All who answer for it from now on, in any order.
    pub assignees: Option<Vec<UserId>>,
}

/// A new item.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateItem {
    /// The phase to put it in.
    pub phase_id: PhaseId,
    /// What it is. Whether a product can be used here is checked before.
    pub content: ItemContent,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// Who works on it, in any order.
    pub assignees: Vec<UserId>,
    /// Where in the phase.
    pub place: Place<ItemId>,
}

/// Changes to an item. Who may change the assignees depends on [`assignee_changes`](crate::assignee_changes).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemPatch {
    /// What it is called.
    pub name: Option<Name>,
    /// The words under the name.
    pub description: Option<Option<Text>>,
    /// The link on an activity.
    pub link: Option<Option<Link>>,
    /// A JSON merge patch (RFC 7396) of the application's configuration, or an empty one again.
    pub config: Option<Option<Map<String, Value>>>,
    /// The day on which it is due.
    pub due_date: Option<Option<NaiveDate>>,
    /// How far it has come.
    pub status: Option<Status>,
    /// All who work on it from now on, in any order.
    pub assignees: Option<Vec<UserId>>,
}

/// Where an item is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveItem {
    /// The phase, the same or another of the project.
    pub phase_id: PhaseId,
    /// Where in that phase.
    pub place: Place<ItemId>,
}

/// A new task.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateTask {
    /// The item that it is a part of.
    pub item_id: ItemId,
    /// What is to be done, in one line.
    pub title: Name,
    /// What is to be done.
    pub description: Option<Text>,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// Who works on it, in any order.
    pub assignees: Vec<UserId>,
    /// Where in the item.
    pub place: Place<TaskId>,
}

/// Changes to a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaskPatch {
    /// What is to be done, in one line.
    pub title: Option<Name>,
    /// What is to be done.
    pub description: Option<Option<Text>>,
    /// How far it has come.
    pub status: Option<Status>,
    /// The day on which it is due.
    pub due_date: Option<Option<NaiveDate>>,
    /// All who work on it from now on, in any order.
    pub assignees: Option<Vec<UserId>>,
}

/// Where a task is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveTask {
    /// The item, the same or another of the project.
    pub item_id: ItemId,
    /// Where in that item.
    pub place: Place<TaskId>,
}
