//! A store in memory that keeps the rules of the ports.

mod cards;
mod projects;
mod templates;
mod view_choices;

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use guildhall_core::{ItemId, PhaseId, ProjectId, StoreError, TaskId, UserId};

use crate::{
    Item, ItemRepository, OrchestrationStore, Phase, PhaseRepository, Project, ProjectMember,
    ProjectMemberRepository, ProjectRepository, ProjectTemplateRepository, Task, TaskRepository, TemplateUse,
    ViewChoice, ViewChoiceRepository,
};

/// One workspace's projects in memory. It has no transactions: what was written before a failure stays.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Rows>);

#[derive(Debug, Default)]
struct Rows {
    projects: BTreeMap<ProjectId, Project>,
    members: BTreeMap<(ProjectId, UserId), ProjectMember>,
    phases: BTreeMap<PhaseId, Phase>,
    items: BTreeMap<ItemId, Item>,
    tasks: BTreeMap<TaskId, Task>,
    templates: BTreeMap<ProjectId, TemplateUse>,
    view_choices: BTreeMap<(ProjectId, UserId), ViewChoice>,
}

impl MemoryStore {
    /// The store with these projects too.
    #[must_use]
    pub fn with_projects(self, projects: impl IntoIterator<Item = Project>) -> Self {
        self.rows().projects.extend(projects.into_iter().map(|project| (project.id, project)));
        self
    }

    /// The store with these members too.
    #[must_use]
    pub fn with_members(self, members: impl IntoIterator<Item = ProjectMember>) -> Self {
        let keyed = members.into_iter().map(|member| ((member.project_id, member.user_id), member));
        self.rows().members.extend(keyed);
        self
    }

    /// The store with these phases too.
    #[must_use]
    pub fn with_phases(self, phases: impl IntoIterator<Item = Phase>) -> Self {
        self.rows().phases.extend(phases.into_iter().map(|phase| (phase.id, phase)));
        self
    }

    /// The store with these items too.
    #[must_use]
    pub fn with_items(self, items: impl IntoIterator<Item = Item>) -> Self {
        self.rows().items.extend(items.into_iter().map(|item| (item.id, item)));
        self
    }

    /// The store with these tasks too.
    #[must_use]
    pub fn with_tasks(self, tasks: impl IntoIterator<Item = Task>) -> Self {
        self.rows().tasks.extend(tasks.into_iter().map(|task| (task.id, task)));
        self
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OrchestrationStore for MemoryStore {
    fn projects(&self) -> &dyn ProjectRepository {
        self
    }

    fn project_members(&self) -> &dyn ProjectMemberRepository {
        self
    }

    fn phases(&self) -> &dyn PhaseRepository {
        self
    }

    fn items(&self) -> &dyn ItemRepository {
        self
    }

    fn tasks(&self) -> &dyn TaskRepository {
        self
    }

    fn view_choices(&self) -> &dyn ViewChoiceRepository {
        self
    }

    fn project_templates(&self) -> &dyn ProjectTemplateRepository {
        self
    }
}

/// Adds a row under a key that is free.
fn insert<K: Ord, V: Clone>(rows: &mut BTreeMap<K, V>, key: K, row: &V) -> Result<(), StoreError> {
    if rows.contains_key(&key) {
        return Err(taken("the key"));
    }
    rows.insert(key, row.clone());
    Ok(())
}

/// Replaces a row that is there.
fn replace<K: Ord, V: Clone>(rows: &mut BTreeMap<K, V>, key: &K, row: &V) -> Result<(), StoreError> {
    let stored = rows.get_mut(key).ok_or(StoreError::Stale)?;
    stored.clone_from(row);
    Ok(())
}

fn taken(what: &str) -> StoreError {
    StoreError::Conflict(format!("{what} is taken"))
}
