//! Phases, items and tasks, in memory.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::NaiveDate;
use guildhall_core::{ItemId, Name, Page, PageRequest, PhaseId, ProjectId, StoreError, TaskId, UserId};

use super::{MemoryStore, Rows, insert, replace, taken};
use crate::{
    AssignedWork, Gap, Item, ItemRepository, Outline, Phase, PhaseOutline, PhaseRepository, Place,
    ProductInUse, ProjectState, Status, Task, TaskRepository, WorkSubject,
};

/// Refuses a position that a sibling holds.
fn ensure_free<'a, Row: 'a>(
    mut rows: impl Iterator<Item = &'a Row>,
    collides: impl Fn(&Row) -> bool,
) -> Result<(), StoreError> {
    if rows.any(collides) { Err(taken("the position")) } else { Ok(()) }
}

fn phase_collides(phase: &Phase) -> impl Fn(&Phase) -> bool {
    |other| other.id != phase.id && other.project_id == phase.project_id && other.position == phase.position
}

fn item_collides(item: &Item) -> impl Fn(&Item) -> bool {
    |other| other.id != item.id && other.phase_id == item.phase_id && other.position == item.position
}

fn task_collides(task: &Task) -> impl Fn(&Task) -> bool {
    |other| other.id != task.id && other.item_id == task.item_id && other.position == task.position
}

#[async_trait]
impl PhaseRepository for MemoryStore {
    async fn find(&self, id: PhaseId) -> Result<Option<Phase>, StoreError> {
        Ok(self.rows().phases.get(&id).cloned())
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Phase>, StoreError> {
        Ok(self.rows().phases.values().filter(|phase| phase.project_id == project_id).cloned().collect())
    }

    async fn list_outlines(
        &self,
        project_ids: &[ProjectId],
    ) -> Result<BTreeMap<ProjectId, Outline>, StoreError> {
        let rows = self.rows();
        let mut phases: Vec<&Phase> =
            rows.phases.values().filter(|phase| project_ids.contains(&phase.project_id)).collect();
        phases.sort_by(|a, b| a.position.cmp(&b.position));
        let mut outlines: BTreeMap<ProjectId, Outline> = BTreeMap::new();
        for phase in phases {
            let items = rows.items.values().filter(|item| item.phase_id == phase.id);
            let counts = items.map(|item| item.status).collect();
            let outline = PhaseOutline { id: phase.id, name: phase.name.clone(), counts };
            outlines.entry(phase.project_id).or_default().0.push(outline);
        }
        Ok(outlines)
    }

    async fn find_current_before(&self, id: PhaseId) -> Result<Option<(PhaseId, Name)>, StoreError> {
        let rows = self.rows();
        let Some(phase) = rows.phases.get(&id) else { return Ok(None) };
        let is_open = |one: &&Phase| {
            let mut items = rows.items.values().filter(|item| item.phase_id == one.id);
            items.any(|item| matches!(item.status, Status::ToDo | Status::InProgress))
        };
        let before = |one: &&Phase| one.project_id == phase.project_id && one.position < phase.position;
        let open = rows.phases.values().filter(before).filter(is_open);
        Ok(open.min_by(|a, b| a.position.cmp(&b.position)).map(|one| (one.id, one.name.clone())))
    }

    async fn insert(&self, phase: &Phase) -> Result<(), StoreError> {
        let mut rows = self.rows();
        ensure_free(rows.phases.values(), phase_collides(phase))?;
        insert(&mut rows.phases, phase.id, phase)
    }

    async fn insert_all(&self, phases: &[Phase]) -> Result<(), StoreError> {
        for phase in phases {
            PhaseRepository::insert(self, phase).await?;
        }
        Ok(())
    }

    async fn update(&self, _before: &Phase, after: &Phase) -> Result<(), StoreError> {
        let mut rows = self.rows();
        ensure_free(rows.phases.values(), phase_collides(after))?;
        replace(&mut rows.phases, &after.id, after)
    }

    async fn delete(&self, id: PhaseId) -> Result<(), StoreError> {
        let mut rows = self.rows();
        if rows.items.values().any(|item| item.phase_id == id) {
            return Err(StoreError::Conflict("the phase has items".to_owned()));
        }
        rows.phases.remove(&id);
        Ok(())
    }
}

#[async_trait]
impl ItemRepository for MemoryStore {
    async fn find(&self, id: ItemId) -> Result<Option<Item>, StoreError> {
        Ok(self.rows().items.get(&id).cloned())
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Item>, StoreError> {
        Ok(self.rows().items.values().filter(|item| item.project_id == project_id).cloned().collect())
    }

    async fn find_gap(
        &self,
        phase_id: PhaseId,
        moved: Option<ItemId>,
        place: Place<ItemId>,
    ) -> Result<Option<Gap>, StoreError> {
        let items = ItemRepository::list_by_phase(self, phase_id).await?.into_iter();
        let positions: Vec<_> = items.map(|item| (item.id, item.position)).collect();
        Ok(Gap::among(&positions, moved, place))
    }

    async fn list_by_phase(&self, phase_id: PhaseId) -> Result<Vec<Item>, StoreError> {
        Ok(self.rows().items.values().filter(|item| item.phase_id == phase_id).cloned().collect())
    }

    async fn list_assigned(
        &self,
        user_id: UserId,
        page: &PageRequest,
    ) -> Result<Page<AssignedWork>, StoreError> {
        let mut found = assigned(&self.rows(), user_id);
        let key = |work: &AssignedWork| (work.due_date.unwrap_or(NaiveDate::MAX), id_of(&work.subject));
        found.sort_by_key(key);
        let end =
            page.after.as_ref().and_then(|after| found.iter().position(|one| id_of(&one.subject) == *after));
        let mut items = found.split_off(end.map_or(0, |end| end + 1));
        let has_more = items.len() > page.limit;
        items.truncate(page.limit);
        let next = items.last().filter(|_| has_more).map(|last| id_of(&last.subject));
        Ok(Page { items, next })
    }

    async fn list_with_application(&self, project_id: ProjectId) -> Result<Vec<Item>, StoreError> {
        let mut items = ItemRepository::list_by_project(self, project_id).await?;
        items.retain(|item| item.status != Status::Archived && item.content.application().is_some());
        Ok(items)
    }

    async fn list_products_in_use(&self) -> Result<Vec<ProductInUse>, StoreError> {
        let rows = self.rows();
        let live = rows.items.values().filter(|item| item.status != Status::Archived);
        let in_use: BTreeSet<ProductInUse> = live
            .filter_map(|item| Some((item.content.application()?, rows.projects.get(&item.project_id)?)))
            .filter(|(_, project)| project.state == ProjectState::Active)
            .map(|(application, project)| ProductInUse {
                project_id: project.id,
                account_id: project.account_id,
                product_workspace_id: application.product_workspace_id,
                product_id: application.product_id,
            })
            .collect();
        Ok(in_use.into_iter().collect())
    }

    async fn list_products_in_use_by_project(
        &self,
        project_id: ProjectId,
    ) -> Result<Vec<ProductInUse>, StoreError> {
        let mut in_use = self.list_products_in_use().await?;
        in_use.retain(|used| used.project_id == project_id);
        Ok(in_use)
    }

    async fn insert(&self, item: &Item) -> Result<(), StoreError> {
        let mut rows = self.rows();
        ensure_free(rows.items.values(), item_collides(item))?;
        insert(&mut rows.items, item.id, item)
    }

    async fn insert_all(&self, items: &[Item]) -> Result<(), StoreError> {
        for item in items {
            ItemRepository::insert(self, item).await?;
        }
        Ok(())
    }

    async fn update(&self, _before: &Item, after: &Item) -> Result<(), StoreError> {
        let mut rows = self.rows();
        ensure_free(rows.items.values(), item_collides(after))?;
        replace(&mut rows.items, &after.id, after)
    }

    async fn delete(&self, id: ItemId) -> Result<(), StoreError> {
        let mut rows = self.rows();
        rows.tasks.retain(|_, task| task.item_id != id);
        rows.items.remove(&id);
        Ok(())
    }
}

#[async_trait]
impl TaskRepository for MemoryStore {
    async fn find(&self, id: TaskId) -> Result<Option<Task>, StoreError> {
        Ok(self.rows().tasks.get(&id).cloned())
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Task>, StoreError> {
        Ok(self.rows().tasks.values().filter(|task| task.project_id == project_id).cloned().collect())
    }

    async fn list_by_phase(&self, phase_id: PhaseId) -> Result<Vec<Task>, StoreError> {
        let rows = self.rows();
        let in_phase =
            |task: &&Task| rows.items.get(&task.item_id).is_some_and(|item| item.phase_id == phase_id);
        Ok(rows.tasks.values().filter(in_phase).cloned().collect())
    }

    async fn find_gap(
        &self,
        item_id: ItemId,
        moved: Option<TaskId>,
        place: Place<TaskId>,
    ) -> Result<Option<Gap>, StoreError> {
        let tasks = self.list_by_item(item_id).await?.into_iter();
        let positions: Vec<_> = tasks.map(|task| (task.id, task.position)).collect();
        Ok(Gap::among(&positions, moved, place))
    }

    async fn list_by_item(&self, item_id: ItemId) -> Result<Vec<Task>, StoreError> {
        Ok(self.rows().tasks.values().filter(|task| task.item_id == item_id).cloned().collect())
    }

    async fn insert(&self, task: &Task) -> Result<(), StoreError> {
        let mut rows = self.rows();
        ensure_free(rows.tasks.values(), task_collides(task))?;
        insert(&mut rows.tasks, task.id, task)
    }

    async fn insert_all(&self, tasks: &[Task]) -> Result<(), StoreError> {
        for task in tasks {
            TaskRepository::insert(self, task).await?;
        }
        Ok(())
    }

    async fn update(&self, _before: &Task, after: &Task) -> Result<(), StoreError> {
        let mut rows = self.rows();
        ensure_free(rows.tasks.values(), task_collides(after))?;
        replace(&mut rows.tasks, &after.id, after)
    }

    async fn delete(&self, id: TaskId) -> Result<(), StoreError> {
        self.rows().tasks.remove(&id);
        Ok(())
    }
}

/// What a user has to do, in any order.
fn assigned(rows: &Rows, user_id: UserId) -> Vec<AssignedWork> {
    let is_open = |status: Status| matches!(status, Status::ToDo | Status::InProgress);
    let placed = |item: &Item| {
        let project = rows.projects.get(&item.project_id)?;
        let phase = rows.phases.get(&item.phase_id)?;
        let live = project.state == ProjectState::Active && item.status != Status::Archived;
        live.then(|| ((project.id, project.name.clone()), (phase.id, phase.name.clone())))
    };
    let items = rows.items.values().filter(|item| item.assignees.contains(&user_id) && is_open(item.status));
    let items = items.filter_map(|item| {
        let (project, phase) = placed(item)?;
        let (name, subject) = (item.content.name().clone(), WorkSubject::Item(item.id));
        Some(AssignedWork { subject, name, status: item.status, due_date: item.due_date, project, phase })
    });
    let tasks = rows.tasks.values().filter(|task| task.assignees.contains(&user_id) && is_open(task.status));
    let tasks = tasks.filter_map(|task| {
        let item = rows.items.get(&task.item_id)?;
        let (project, phase) = placed(item)?;
        let subject = WorkSubject::Task { id: task.id, item: (item.id, item.content.name().clone()) };
        let name = task.title.clone();
        Some(AssignedWork { subject, name, status: task.status, due_date: task.due_date, project, phase })
    });
    items.chain(tasks).collect()
}

fn id_of(subject: &WorkSubject) -> String {
    match subject {
        WorkSubject::Item(id) => id.to_string(),
        WorkSubject::Task { id, .. } => id.to_string(),
    }
}
