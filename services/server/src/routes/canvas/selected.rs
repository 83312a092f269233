//! The Canvas with the fields that were asked for.

use chrono::NaiveDate;
use guildhall_core::{ItemId, Link, Name, PhaseId, TaskId, Text};
use guildhall_kernel::CanvasShown;
use guildhall_orchestration::{ItemField, ItemKind, PhaseField, PhaseState, Selection, Status, TaskField};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{AssigneeView, CanvasItemView, CanvasPhaseView, CanvasTaskView, ItemApplicationView};
use crate::routes::projects::{ProgressView, ProjectView};

/// A project with all that lies on its board. Of phases, items and tasks it has the fields that were asked for; where nobody asked
/// for any, all of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CanvasView {
    /// The project; its permissions hold for everything on the board.
    project: ProjectView,
    /// The phases, in order.
    phases: Vec<SelectedPhaseView>,
}

/// A phase on the board, with the fields that were asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelectedPhaseView {
    /// The phase's id.
    id: PhaseId,
    /// Its name.
    name: Name,
    /// What it is to achieve.
    #[serde(skip_serializing_if = "Option::is_none")]
    objective: Option<Option<Text>>,
    /// What it is to deliver.
    #[serde(skip_serializing_if = "Option::is_none")]
    deliverables: Option<Option<Text>>,
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
    assignees: Option<Vec<AssigneeView>>,
    /// Its items completed of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<ProgressView>,
    /// Its items, in order.
    items: Vec<SelectedItemView>,
}

/// An item on the board, with the fields that were asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelectedItemView {
    /// The item's id.
    id: ItemId,
    /// Whether it is something to do or something to work with.
    kind: ItemKind,
    /// Its name.
    name: Name,
    /// The words under the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Option<Text>>,
    /// The page that an activity is done with.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<Option<Link>>,
    /// The product that it uses.
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<Option<ItemApplicationView>>,
    /// How far it has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<Option<NaiveDate>>,
    /// Who works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignees: Option<Vec<AssigneeView>>,
    /// Whether it is begun or done although its phase comes after the current one.
    #[serde(skip_serializing_if = "Option::is_none")]
    ahead: Option<bool>,
    /// Its tasks completed of all; without tasks 0 or 1 of 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<ProgressView>,
    /// Its tasks, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    tasks: Option<Vec<SelectedTaskView>>,
}

/// A task on the board, with the fields that were asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelectedTaskView {
    /// The task's id.
    id: TaskId,
    /// What is to be done, in one line.
    title: Name,
    /// What is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Option<Text>>,
    /// How far it has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<Option<NaiveDate>>,
    /// Who works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignees: Option<Vec<AssigneeView>>,
}

/// The whole answer follows from the board and the selection, and from nothing else.
impl From<CanvasShown> for CanvasView {
    fn from(shown: CanvasShown) -> Self {
        let CanvasShown { project, phases, mentioned, selection } = shown;
        let phases = phases.into_iter();
        let phases = phases.map(|phase| select_phase(CanvasPhaseView::new(phase, &mentioned), selection));
        Self { project: project.into(), phases: phases.collect() }
    }
}

fn select_phase(phase: CanvasPhaseView, selection: Selection) -> SelectedPhaseView {
    let has = |field| selection.phase(field);
    SelectedPhaseView {
        id: phase.id,
        name: phase.name,
        objective: has(PhaseField::Objective).then_some(phase.objective),
        deliverables: has(PhaseField::Deliverables).then_some(phase.deliverables),
        start_date: has(PhaseField::StartDate).then_some(phase.start_date),
        due_date: has(PhaseField::DueDate).then_some(phase.due_date),
        state: has(PhaseField::State).then_some(phase.state),
        assignees: has(PhaseField::Assignees).then_some(phase.assignees),
        progress: has(PhaseField::Progress).then_some(phase.progress),
        items: phase.items.into_iter().map(|item| select_item(item, selection)).collect(),
    }
}

fn select_item(item: CanvasItemView, selection: Selection) -> SelectedItemView {
    let has = |field| selection.item(field);
    let tasks = item.tasks.into_iter().map(|task| select_task(task, selection));
    SelectedItemView {
        id: item.id,
        kind: item.kind,
        name: item.name,
        description: has(ItemField::Description).then_some(item.description),
        link: has(ItemField::Link).then_some(item.link),
        application: has(ItemField::Application).then_some(item.application),
        status: has(ItemField::Status).then_some(item.status),
        due_date: has(ItemField::DueDate).then_some(item.due_date),
        assignees: has(ItemField::Assignees).then_some(item.assignees),
        ahead: has(ItemField::Ahead).then_some(item.ahead),
        progress: has(ItemField::Progress).then_some(item.progress),
        tasks: has(ItemField::Tasks).then(|| tasks.collect()),
    }
}

fn select_task(task: CanvasTaskView, selection: Selection) -> SelectedTaskView {
    let has = |field| selection.task(field);
    SelectedTaskView {
        id: task.id,
        title: task.title,
        description: has(TaskField::Description).then_some(task.description),
        status: has(TaskField::Status).then_some(task.status),
        due_date: has(TaskField::DueDate).then_some(task.due_date),
        assignees: has(TaskField::Assignees).then_some(task.assignees),
    }
}
