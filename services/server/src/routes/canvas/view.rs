//! The Canvas on the wire.

use chrono::NaiveDate;
use guildhall_core::{Email, ItemId, Link, Name, PhaseId, ProductVersionId, TaskId, Text, UserId};
use guildhall_kernel::{Mentioned, PersonShown};
use guildhall_orchestration::{BoardItem, BoardPhase, Item, ItemKind, Phase, PhaseState, Status, Task};
use guildhall_products::Slug;
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::projects::ProgressView;

/// A phase on the board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CanvasPhaseView {
    /// The phase's id.
    pub(super) id: PhaseId,
    /// Its name.
    pub(super) name: Name,
    /// What it is to achieve.
    pub(super) objective: Option<Text>,
    /// What it is to deliver.
    pub(super) deliverables: Option<Text>,
    /// When it begins.
    pub(super) start_date: Option<NaiveDate>,
    /// When it is due.
    pub(super) due_date: Option<NaiveDate>,
    /// How far it has come, by its items.
    pub(super) state: PhaseState,
    /// Who answers for it.
    pub(super) assignees: Vec<AssigneeView>,
    /// Its items completed of all.
    pub(super) progress: ProgressView,
    /// Its items, in order.
    pub(super) items: Vec<CanvasItemView>,
}

/// An item on the board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CanvasItemView {
    /// The item's id.
    pub(super) id: ItemId,
    /// Whether it is something to do or something to work with.
    pub(super) kind: ItemKind,
    /// Its name.
    pub(super) name: Name,
    /// The words under the name.
    pub(super) description: Option<Text>,
    /// The page that an activity is done with.
    pub(super) link: Option<Link>,
    /// The product that it uses.
    pub(super) application: Option<ItemApplicationView>,
    /// How far it has come.
    pub(super) status: Status,
    /// When it is due.
    pub(super) due_date: Option<NaiveDate>,
    /// Who works on it.
    pub(super) assignees: Vec<AssigneeView>,
    /// Whether it is begun or done although its phase comes after the current one.
    pub(super) ahead: bool,
    /// Its tasks completed of all; without tasks 0 or 1 of 1.
    pub(super) progress: ProgressView,
    /// Its tasks, in order.
    pub(super) tasks: Vec<CanvasTaskView>,
}

/// A task on the board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CanvasTaskView {
    /// The task's id.
    pub(super) id: TaskId,
    /// What is to be done, in one line.
    pub(super) title: Name,
    /// What is to be done.
    pub(super) description: Option<Text>,
    /// How far it has come.
    pub(super) status: Status,
    /// When it is due.
    pub(super) due_date: Option<NaiveDate>,
    /// Who works on it.
    pub(super) assignees: Vec<AssigneeView>,
}

/// Somebody who is assigned to something.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AssigneeView {
    /// The user's id.
    id: UserId,
    /// Given name.
    firstname: Name,
    /// Family name.
    lastname: Name,
    /// The address.
    email: Email,
}

/// The product that an item uses.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ItemApplicationView {
    /// The version that the item pins.
    product_version_id: ProductVersionId,
    /// What the product is called.
    product_name: Name,
    /// The readable part of its route in the shell.
    slug: Slug,
}

impl CanvasPhaseView {
    /// The phase with the names of whom and what it mentions.
    pub fn new(shown: BoardPhase, mentioned: &Mentioned) -> Self {
        let BoardPhase { phase, state, progress, items } = shown;
        let Phase { id, project_id: _, name, objective, deliverables, start_date, due_date, .. } = phase;
        Self {
            id,
            name,
            objective,
            deliverables,
            start_date,
            due_date,
            state,
            assignees: assignees(&phase.assignees, mentioned),
            progress: progress.into(),
            items: items.into_iter().map(|item| CanvasItemView::new(item, mentioned)).collect(),
        }
    }
}

impl CanvasItemView {
    /// The item with the names of whom and what it mentions.
    pub fn new(shown: BoardItem, mentioned: &Mentioned) -> Self {
        let BoardItem { item, ahead, progress, tasks } = shown;
        let Item { id, content, status, due_date, .. } = item;
        Self {
            id,
            kind: content.kind(),
            name: content.name().clone(),
            description: content.description().cloned(),
            link: content.link().cloned(),
            application: content
                .application()
                .and_then(|used| ItemApplicationView::new(used.product_version_id, mentioned)),
            status,
            due_date,
            assignees: assignees(&item.assignees, mentioned),
            ahead,
            progress: progress.into(),
            tasks: tasks.into_iter().map(|task| CanvasTaskView::new(task, mentioned)).collect(),
        }
    }
}

impl CanvasTaskView {
    /// The task with the names of those who work on it.
    pub fn new(task: Task, mentioned: &Mentioned) -> Self {
        let Task { id, title, description, status, due_date, .. } = task;
        let assignees = assignees(&task.assignees, mentioned);
        Self { id, title, description, status, due_date, assignees }
    }
}

impl ItemApplicationView {
    fn new(id: ProductVersionId, mentioned: &Mentioned) -> Option<Self> {
        let used = mentioned.applications.get(&id)?;
        Some(Self {
            product_version_id: id,
            product_name: used.product_name.clone(),
            slug: used.slug.clone(),
        })
    }
}

impl From<&PersonShown> for AssigneeView {
    fn from(person: &PersonShown) -> Self {
        let PersonShown { id, firstname, lastname, email } = person.clone();
        Self { id, firstname, lastname, email }
    }
}

fn assignees(ids: &[UserId], mentioned: &Mentioned) -> Vec<AssigneeView> {
    ids.iter().filter_map(|id| mentioned.people.get(id)).map(AssigneeView::from).collect()
}
