//! A project as its reader sees it.

use guildhall_core::{PermissionCode, PhaseId, ProjectId};
use guildhall_orchestration::{Progress, Project, ProjectRole};

use crate::{Authorized, Kernel, KernelError, Request, code, work::Work};

/// A project, and what the reader is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectShown {
    /// The project; its node only where the reader knows of that.
    pub project: Project,
    /// How far its items are.
    pub progress: Progress,
    /// The first of its phases with items that is not completed.
    pub current_phase: Option<PhaseId>,
    /// The reader's role in it, where he is a member.
    pub role: Option<ProjectRole>,
    /// The platform's codes that he holds on it.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// The project, where the caller may read it.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not there or the caller may not read it.
    pub async fn find_project(&self, request: &Request, id: ProjectId) -> Result<ProjectShown, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(id, &code::PROJECT_READ).await?;
        show(&work, project).await
    }
}

async fn show(work: &Work<'_>, project: Authorized<Project>) -> Result<ProjectShown, KernelError> {
    let outline = work.phases().list_outlines(&[project.id]).await?.remove(&project.id).unwrap_or_default();
    let role = match work.caller().user() {
        Some(user) => work.project_members().find(project.id, user).await?.map(|member| member.role),
        None => None,
    };
    let permissions = work.codes_on(project.account_id);
    let node_id = work.known_node(project.node_id);
    let project = Project { node_id, ..project.into_inner() };
    let current_phase = outline.current().map(|phase| phase.id);
    Ok(ProjectShown { project, progress: outline.progress(), current_phase, role, permissions })
}
