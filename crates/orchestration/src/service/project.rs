//! Projects: creating, changing, putting away.

use std::collections::BTreeMap;

use guildhall_core::{AccountId, ProjectId, RowVersion, StoreError, UserId};

use super::Orchestration;
use crate::{
    CreateProject, OrchestrationError, Progress, Project, ProjectMember, ProjectPatch, ProjectRole,
    ProjectState, project::ensure_dates_in_order,
};

impl Orchestration<'_> {
    /// Creates a project with an account of its own and makes its creator the owner.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::StartAfterDue`].
    pub async fn create_project(
        &self,
        creator: UserId,
        command: CreateProject,
    ) -> Result<Project, OrchestrationError> {
        ensure_dates_in_order(command.start_date, command.due_date)?;
        let now = self.clock.now();
        let project = Project {
            id: ProjectId::new(self.ids.uuid()),
            account_id: AccountId::new(self.ids.uuid()),
            name: command.name,
            description: command.description,
            node_id: command.node_id,
            start_date: command.start_date,
            due_date: command.due_date,
            state: ProjectState::Active,
            created_by: creator,
            created_at: now,
            version: RowVersion::FIRST,
            board_version: RowVersion::FIRST,
        };
        let owner = ProjectMember {
            project_id: project.id,
            user_id: creator,
            role: ProjectRole::Owner,
            added_at: now,
        };
        self.store.projects().insert(&project).await?;
        self.store.project_members().insert(&owner).await?;
        Ok(project)
    }

    /// Changes a project. `expected` is the version that the change was made against, where the asker names one.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::StartAfterDue`], or [`StoreError::Stale`] where
    /// the project has another version.
    pub async fn update_project(
        &self,
        id: ProjectId,
        patch: ProjectPatch,
        expected: Option<RowVersion>,
    ) -> Result<Project, OrchestrationError> {
        let before = self.active_project(id).await?;
        if expected.is_some_and(|expected| expected != before.version) {
            return Err(StoreError::Stale.into());
        }
        let after = before.clone().patched(patch)?;
        self.store_project(&before, after).await
    }

    /// Puts a project away; one that is archived already stays as it is.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn archive_project(&self, id: ProjectId) -> Result<Project, OrchestrationError> {
        self.set_project_state(id, ProjectState::Archived).await
    }

    /// Brings a project back; one that is active already stays as it is.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn restore_project(&self, id: ProjectId) -> Result<Project, OrchestrationError> {
        self.set_project_state(id, ProjectState::Active).await
    }

    /// The progress of each of these projects: items completed of total, `0` of `0` where there are none.
    ///
    /// # Errors
    ///
    /// Only what the store reports.
    pub async fn progress(
        &self,
        ids: &[ProjectId],
    ) -> Result<BTreeMap<ProjectId, Progress>, OrchestrationError> {
        let counted = self.store.items().count_by_project(ids).await?;
        Ok(ids.iter().map(|id| (*id, counted.get(id).copied().unwrap_or_default())).collect())
    }

    async fn set_project_state(
        &self,
        id: ProjectId,
        state: ProjectState,
    ) -> Result<Project, OrchestrationError> {
        let before = self.project(id).await?;
        let after = Project { state, ..before.clone() };
        self.store_project(&before, after).await
    }

    async fn store_project(
        &self,
        before: &Project,
        mut after: Project,
    ) -> Result<Project, OrchestrationError> {
        if after != *before {
            self.store.projects().update(&after).await?;
            after.version = after.version.next();
        }
        Ok(after)
    }
}
