//! Orchestration's store.

use guildhall_orchestration::{
    ItemRepository, OrchestrationStore, PhaseRepository, ProjectMemberRepository, ProjectRepository,
    ProjectTemplateRepository, TaskRepository, ViewChoiceRepository,
};

use crate::SeaUnitOfWork;

impl OrchestrationStore for SeaUnitOfWork {
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
