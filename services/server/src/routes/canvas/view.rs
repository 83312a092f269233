//! The Canvas on the wire.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use guildhall_core::{Email, ItemId, Link, Name, PhaseId, ProductVersionId, TaskId, Text, UserId};
use guildhall_kernel::{Mentioned, PersonShown};
use guildhall_orchestration::{
    BoardItem, BoardPhase, Item, ItemContent, ItemKind, Phase, PhaseState, Status, Task,
};
use guildhall_products::Slug;
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::projects::ProgressView;

/// A phase on the board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CanvasPhaseView {
    /// The phase's id.
    id: PhaseId,
    /// Its name.
    name: Name,
    /// What it is to achieve.
    objective: Option<Text>,
    /// What it is to deliver.
    deliverables: Option<Text>,
    /// When it begins.
    start_date: Option<NaiveDate>,
    /// When it is due.
    due_date: Option<NaiveDate>,
    /// How far it has come, by its items.
    state: PhaseState,
    /// Who answers for it.
    assignees: Vec<AssigneeView>,
    /// Its items completed of all.
    progress: ProgressView,
    /// Its items, in order.
    items: Vec<CanvasItemView>,
}

/// An item on the board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CanvasItemView {
    /// The item's id.
    id: ItemId,
    /// Whether it is something to do or something to work with.
    kind: ItemKind,
    /// Its name.
    name: Name,
    /// The words under the name.
    description: Option<Text>,
    /// The page that an activity is done with.
    link: Option<Link>,
    /// The product that it uses.
    application: Option<ItemApplicationView>,
    /// How far it has come.
    status: Status,
    /// When it is due.
    due_date: Option<NaiveDate>,
    /// Who works on it.
    assignees: Vec<AssigneeView>,
    /// Whether it is begun or done although its phase comes after the current one.
    ahead: bool,
    /// Its tasks completed of all; without tasks 0 or 1 of 1.
    progress: ProgressView,
    /// Its tasks, in order.
    tasks: Vec<CanvasTaskView>,
}

/// A task on the board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CanvasTaskView {
    /// The task's id.
    id: TaskId,
    /// What is to be done, in one line.
    title: Name,
    /// What is to be done.
    description: Option<Text>,
    /// How far it has come.
    status: Status,
    /// When it is due.
    due_date: Option<NaiveDate>,
    /// Who works on it.
    assignees: Vec<AssigneeView>,
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

/// Whom and what a board mentions: each is written once for all cards that mention it.
#[derive(Debug, Clone)]
pub struct MentionedView {
    people: BTreeMap<UserId, AssigneeView>,
    applications: BTreeMap<ProductVersionId, ItemApplicationView>,
}

impl MentionedView {
    /// The people, in the order of the ids.
    pub(super) fn assignees(&self, ids: &[UserId]) -> Vec<&AssigneeView> {
        ids.iter().filter_map(|id| self.people.get(id)).collect()
    }

    /// What an item uses.
    pub(super) fn application(&self, content: &ItemContent) -> Option<&ItemApplicationView> {
        content.application().and_then(|used| self.applications.get(&used.product_version_id))
    }
}

impl From<&Mentioned> for MentionedView {
    fn from(mentioned: &Mentioned) -> Self {
        let people = mentioned.people.iter().map(|(id, person)| (*id, person.into()));
        let ids = mentioned.applications.keys();
        let applications = ids.filter_map(|id| Some((*id, ItemApplicationView::new(*id, mentioned)?)));
        Self { people: people.collect(), applications: applications.collect() }
    }
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
