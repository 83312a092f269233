//! Projects: creating, changing, putting away.

use std::collections::BTreeMap;

use guildhall_core::{AccountId, NodeId, ProjectId, RowVersion, StoreError, UserId};

use super::Orchestration;
use crate::{
    AppUse, CreateProject, ItemPlace, OrchestrationError, Outline, Project, ProjectMember, ProjectPatch,
    ProjectRole, ProjectState, Template, project::ensure_dates_in_order,
};

/// How many projects one question to the store names: databases bound the parameters of a statement.
const MOST_AT_ONCE: usize = 500;

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
            archived_with: None,
            gating: command.gating,
            created_by: creator,
            created_at: now,
            version: RowVersion::FIRST,
            board_version: RowVersion::FIRST,
        };
        let owner = ProjectMember {
            project_id: project.id,
            user_id: creator,
            role: ProjectRole::Owner,
            meta_roles: Vec::new(),
            added_at: now,
        };
        self.store.projects().insert(&project).await?;
        self.store.project_members().insert(&owner).await?;
        Ok(project)
    }

    /// Creates a project with what a template says lies on its board: see [`Template`]. `uses` has the product of each item that
    /// uses one. Few statements, however much there is.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::StartAfterDue`], [`OrchestrationError::DateOutOfReach`] or
    /// [`OrchestrationError::TemplateInvalid`].
    pub async fn create_project_from(
        &self,
        creator: UserId,
        command: CreateProject,
        template: &Template,
        uses: &BTreeMap<ItemPlace, AppUse>,
    ) -> Result<Project, OrchestrationError> {
        let project = self.create_project(creator, command).await?;
        let structure = template.lay_out(project.id, project.start_date, uses, self.ids)?;
        self.store.phases().insert_all(&structure.phases).await?;
        self.store.items().insert_all(&structure.items).await?;
        self.store.tasks().insert_all(&structure.tasks).await?;
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
        let before = self.project(id).await?;
        before.ensure_active()?;
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
        let before = self.project(id).await?;
        if before.state == ProjectState::Archived {
            return Ok(before);
        }
        let after = Project { state: ProjectState::Archived, ..before.clone() };
        self.store_project(&before, after).await
    }

    /// Puts these projects away because a node above them is; `None` brings back those that were put away so. Each stays
    /// as it is that is in that state already. The changes, each as it was and as it is.
    ///
    /// # Errors
    ///
    /// Only what the store reports.
    pub async fn archive_projects_with(
        &self,
        ids: &[ProjectId],
        node: Option<NodeId>,
    ) -> Result<Vec<(Project, Project)>, OrchestrationError> {
        let state = if node.is_some() { ProjectState::Archived } else { ProjectState::Active };
        let mut changed = Vec::new();
        for some in ids.chunks(MOST_AT_ONCE) {
            let found = self.store.projects().list_by_ids(some).await?;
            for before in found.into_iter().filter(|project| project.state != state) {
                let after = Project { state, archived_with: node, ..before.clone() };
                let after = self.store_project(&before, after).await?;
                changed.push((before, after));
            }
        }
        Ok(changed)
    }

    /// Brings a project back; one that is active already stays as it is.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn restore_project(&self, id: ProjectId) -> Result<Project, OrchestrationError> {
        let before = self.project(id).await?;
        let after = Project { state: ProjectState::Active, archived_with: None, ..before.clone() };
        self.store_project(&before, after).await
    }

    /// The outline of each of these projects, from which progress and current phase follow.
    ///
    /// # Errors
    ///
    /// Only what the store reports.
    pub async fn outlines(
        &self,
        ids: &[ProjectId],
    ) -> Result<BTreeMap<ProjectId, Outline>, OrchestrationError> {
        let mut found = self.store.phases().list_outlines(ids).await?;
        Ok(ids.iter().map(|id| (*id, found.remove(id).unwrap_or_default())).collect())
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
