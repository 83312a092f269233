//! Test data, a store in memory, and a store made of mocks.

mod builders;
mod memory;

pub use builders::{
    activity, application, application_item, date, item, item_id, member, phase, phase_id, project,
    project_id, task, task_id, user_id,
};
pub use memory::MemoryStore;

pub use crate::ports::{
    MockItemRepository, MockPhaseRepository, MockProjectMemberRepository, MockProjectRepository,
    MockProjectTemplateRepository, MockTaskRepository, MockViewChoiceRepository,
};
use crate::{
    ItemRepository, OrchestrationStore, PhaseRepository, ProjectMemberRepository, ProjectRepository,
    ProjectTemplateRepository, TaskRepository, ViewChoiceRepository,
};

/// A store made of mocks: each panics on a call that was not expected.
#[derive(Default)]
pub struct MockStore {
    /// Answers for projects.
    pub projects: MockProjectRepository,
    /// Answers for members of projects.
    pub project_members: MockProjectMemberRepository,
    /// Answers for phases.
    pub phases: MockPhaseRepository,
    /// Answers for items.
    pub items: MockItemRepository,
    /// Answers for tasks.
    pub tasks: MockTaskRepository,
    /// Answers for the view presets that people have chosen.
    pub view_choices: MockViewChoiceRepository,
    /// Answers for what projects were made from.
    pub project_templates: MockProjectTemplateRepository,
}

impl OrchestrationStore for MockStore {
    fn projects(&self) -> &dyn ProjectRepository {
        &self.projects
    }

    fn project_members(&self) -> &dyn ProjectMemberRepository {
        &self.project_members
    }

    fn phases(&self) -> &dyn PhaseRepository {
        &self.phases
    }

    fn items(&self) -> &dyn ItemRepository {
        &self.items
    }

    fn tasks(&self) -> &dyn TaskRepository {
        &self.tasks
    }

    fn view_choices(&self) -> &dyn ViewChoiceRepository {
        &self.view_choices
    }

    fn project_templates(&self) -> &dyn ProjectTemplateRepository {
        &self.project_templates
    }
}
