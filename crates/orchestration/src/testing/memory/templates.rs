//! What projects were made from, in memory.

use async_trait::async_trait;
use guildhall_core::{ProjectId, StoreError, WorkspaceId};

use super::{MemoryStore, insert};
use crate::{ProjectState, ProjectTemplateRepository, TemplateUse};

#[async_trait]
impl ProjectTemplateRepository for MemoryStore {
    async fn find(&self, project_id: ProjectId) -> Result<Option<TemplateUse>, StoreError> {
        Ok(self.rows().templates.get(&project_id).cloned())
    }

    async fn list_by_package(&self, package: &str) -> Result<Vec<TemplateUse>, StoreError> {
        let rows = self.rows();
        let active =
            |id: &ProjectId| rows.projects.get(id).is_some_and(|it| it.state == ProjectState::Active);
        let of = rows.templates.values().filter(|used| used.package.as_deref() == Some(package));
        Ok(of.filter(|used| active(&used.project_id)).cloned().collect())
    }

    /// There is one workspace here, and nobody knows its id.
    async fn list_workspaces(&self, _package: &str) -> Result<Vec<WorkspaceId>, StoreError> {
        Ok(Vec::new())
    }

    async fn insert(&self, used: &TemplateUse) -> Result<(), StoreError> {
        insert(&mut self.rows().templates, used.project_id, used)
    }
}
