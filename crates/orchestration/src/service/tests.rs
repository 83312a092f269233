//! The use cases on the store in memory.

mod duplicate;
mod gating;
mod items;
mod members;
mod moves;
mod phases;
mod projects;
mod rules;
mod tasks;

use guildhall_core::{
    ItemId, PhaseId, TaskId,
    testing::{FixedClock, SequentialIds},
};

use crate::{
    Board, Item, Orchestration, OrchestrationStore as _, Phase, Project, ProjectRole, ProjectState, Task,
    testing::{MemoryStore, item, member, phase, project, project_id, task},
};

/// A store with its clock and ids, from which the use cases are made.
struct Fixture {
    store: MemoryStore,
    clock: FixedClock,
    ids: SequentialIds,
}

impl Fixture {
    fn new(store: MemoryStore) -> Self {
        Self { store, clock: FixedClock::default(), ids: SequentialIds::default() }
    }

    /// Project 1 with owner 1, contributor 2 and viewer 3; phases 1 and 2; items 1 and 2 in phase 1, item 3 in phase 2;
    /// tasks 1 and 2 in item 1, task 3 in item 3.
    fn with_project() -> Self {
        Self::new(board_of(project(1)))
    }

    /// The same project, archived.
    fn with_archived_project() -> Self {
        Self::new(board_of(Project { state: ProjectState::Archived, ..project(1) }))
    }

    fn orchestration(&self) -> Orchestration<'_> {
        Orchestration::new(&self.store, &self.clock, &self.ids)
    }

    /// Project 1 as it is now.
    async fn project(&self) -> Project {
        self.store.projects().find(project_id(1)).await.unwrap().unwrap()
    }

    /// All that lies on its board.
    async fn board(&self) -> Board {
        let (phases, items, tasks) = (self.store.phases(), self.store.items(), self.store.tasks());
        let phases = phases.list_by_project(project_id(1)).await.unwrap();
        let items = items.list_by_project(project_id(1)).await.unwrap();
        Board::build(self.project().await, phases, items, tasks.list_by_project(project_id(1)).await.unwrap())
    }

    /// A phase of it.
    async fn phase(&self, id: PhaseId) -> Phase {
        self.orchestration().find_phase(project_id(1), id).await.unwrap()
    }

    /// An item of it.
    async fn item(&self, id: ItemId) -> Item {
        self.orchestration().find_item(project_id(1), id).await.unwrap()
    }

    /// A task of it.
    async fn task(&self, id: TaskId) -> Task {
        self.orchestration().find_task(project_id(1), id).await.unwrap()
    }
}

fn board_of(project: Project) -> MemoryStore {
    MemoryStore::default()
        .with_projects([project])
        .with_members([
            member(1, ProjectRole::Owner),
            member(2, ProjectRole::Contributor),
            member(3, ProjectRole::Viewer),
        ])
        .with_phases([phase(1), phase(2)])
        .with_items([item(1, 1), item(2, 1), item(3, 2)])
        .with_tasks([task(1, 1), task(2, 1), task(3, 3)])
}
