//! The Canvas with the fields that were asked for. Boards are large, so that what was read is borrowed and not copied.

use chrono::NaiveDate;
use guildhall_core::{ItemId, Link, Name, PhaseId, TaskId, Text};
use guildhall_kernel::CanvasShown;
use guildhall_orchestration::{
    BoardItem, BoardPhase, ItemField, ItemKind, PhaseField, PhaseState, Selection, Status, Task, TaskField,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{AssigneeView, ItemApplicationView, MentionedView};
use crate::routes::projects::{ProgressView, ProjectView};

/// A project with all that lies on its board. Of phases, items and tasks it has the fields that were asked for; where nobody asked
/// for any, all of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CanvasView<'a> {
    /// The project; its permissions hold for everything on the board.
    project: ProjectView,
    /// The phases, in order.
    phases: Vec<SelectedPhaseView<'a>>,
}

/// A phase on the board, with the fields that were asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelectedPhaseView<'a> {
    /// The phase's id.
    id: PhaseId,
    /// Its name.
    name: &'a Name,
    /// What it is to achieve.
    #[serde(skip_serializing_if = "Option::is_none")]
    objective: Option<Option<&'a Text>>,
    /// What it is to deliver.
    #[serde(skip_serializing_if = "Option::is_none")]
    deliverables: Option<Option<&'a Text>>,
    /// When it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<Option<NaiveDate>>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<Option<NaiveDate>>,
    /// How far it has come, by its items.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<PhaseState>,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignees: Option<Vec<&'a AssigneeView>>,
    /// Its items completed of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<ProgressView>,
    /// Its items, in order.
    items: Vec<SelectedItemView<'a>>,
}

/// An item on the board, with the fields that were asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelectedItemView<'a> {
    /// The item's id.
    id: ItemId,
    /// Whether it is something to do or something to work with.
    kind: ItemKind,
    /// Its name.
    name: &'a Name,
    /// The words under the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Option<&'a Text>>,
    /// The page that an activity is done with.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<Option<&'a Link>>,
    /// The product that it uses.
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<Option<&'a ItemApplicationView>>,
    /// How far it has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<Option<NaiveDate>>,
    /// Who works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignees: Option<Vec<&'a AssigneeView>>,
    /// Whether it is begun or done although its phase comes after the current one.
    #[serde(skip_serializing_if = "Option::is_none")]
    ahead: Option<bool>,
    /// Its tasks completed of all; without tasks 0 or 1 of 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<ProgressView>,
    /// Its tasks, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    tasks: Option<Vec<SelectedTaskView<'a>>>,
}

/// A task on the board, with the fields that were asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelectedTaskView<'a> {
    /// The task's id.
    id: TaskId,
    /// What is to be done, in one line.
    title: &'a Name,
    /// What is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Option<&'a Text>>,
    /// How far it has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<Option<NaiveDate>>,
    /// Who works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignees: Option<Vec<&'a AssigneeView>>,
}

/// How the parts of a board are shown.
#[derive(Clone, Copy)]
struct Showing<'a> {
    mentioned: &'a MentionedView,
    selection: Selection,
}

impl<'a> CanvasView<'a> {
    /// The whole answer follows from the board and the selection, and from nothing else. `mentioned` is what the board mentions.
    pub fn new(shown: &'a CanvasShown, mentioned: &'a MentionedView) -> Self {
        let CanvasShown { project, phases, mentioned: _, selection } = shown;
        let showing = Showing { mentioned, selection: *selection };
        let phases = phases.iter().map(|phase| showing.phase(phase));
        Self { project: project.clone().into(), phases: phases.collect() }
    }
}

impl<'a> Showing<'a> {
    fn phase(self, shown: &'a BoardPhase) -> SelectedPhaseView<'a> {
        let BoardPhase { phase, state, progress, items } = shown;
        let has = |field| self.selection.phase(field);
        SelectedPhaseView {
            id: phase.id,
            name: &phase.name,
            objective: has(PhaseField::Objective).then_some(phase.objective.as_ref()),
            deliverables: has(PhaseField::Deliverables).then_some(phase.deliverables.as_ref()),
            start_date: has(PhaseField::StartDate).then_some(phase.start_date),
            due_date: has(PhaseField::DueDate).then_some(phase.due_date),
            state: has(PhaseField::State).then_some(*state),
            assignees: has(PhaseField::Assignees).then(|| self.mentioned.assignees(&phase.assignees)),
            progress: has(PhaseField::Progress).then(|| (*progress).into()),
            items: items.iter().map(|item| self.item(item)).collect(),
        }
    }

    fn item(self, shown: &'a BoardItem) -> SelectedItemView<'a> {
        let BoardItem { item, ahead, progress, tasks } = shown;
        let content = &item.content;
        let has = |field| self.selection.item(field);
        SelectedItemView {
            id: item.id,
            kind: content.kind(),
            name: content.name(),
            description: has(ItemField::Description).then_some(content.description()),
            link: has(ItemField::Link).then_some(content.link()),
            application: has(ItemField::Application).then(|| self.mentioned.application(content)),
            status: has(ItemField::Status).then_some(item.status),
            due_date: has(ItemField::DueDate).then_some(item.due_date),
            assignees: has(ItemField::Assignees).then(|| self.mentioned.assignees(&item.assignees)),
            ahead: has(ItemField::Ahead).then_some(*ahead),
            progress: has(ItemField::Progress).then(|| (*progress).into()),
            tasks: has(ItemField::Tasks).then(|| tasks.iter().map(|task| self.task(task)).collect()),
        }
    }

    fn task(self, task: &'a Task) -> SelectedTaskView<'a> {
        let has = |field| self.selection.task(field);
        SelectedTaskView {
            id: task.id,
            title: &task.title,
            description: has(TaskField::Description).then_some(task.description.as_ref()),
            status: has(TaskField::Status).then_some(task.status),
            due_date: has(TaskField::DueDate).then_some(task.due_date),
            assignees: has(TaskField::Assignees).then(|| self.mentioned.assignees(&task.assignees)),
        }
    }
}
