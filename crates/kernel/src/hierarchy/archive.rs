//! Putting a node away.

use guildhall_authz::Epoch;
use guildhall_core::{Level, NodeId, ProjectId};
use guildhall_orchestration::ProjectState;

use crate::{Begun, Event, Kernel, KernelError, Request, code, work::Work};

impl Kernel {
    /// Archives a node below which nothing is in use.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see it; [`KernelError::Forbidden`] without `NODE_MANAGE`;
    /// [`KernelError::LevelInUse`] where items of its projects need a level of its path; [`KernelError::Tenancy`] where
    /// nodes or projects in use are below it.
    pub async fn archive_node(&self, request: &Request, id: NodeId) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        work.authorize_node(id, &code::NODE_MANAGE).await?;
        // Taken before anything is counted: whoever links a project or makes a node below waits for the same lock.
        work.raise(Epoch::Workspace, "node").await?;
        let before = work.hierarchy().find(id).await?.ok_or(KernelError::NotFound)?;
        request.expect_version(before.version)?;
        let projects = live_projects(&work, id).await?;
        let levels = self.tenancy(&*work).read_tree().await?.levels(id);
        refuse_needed(&work, &projects, levels).await?;
        let after = self.tenancy(&*work).archive_node(before.clone(), projects.len()).await?;
        let event = Event::new("node.archived", id.uuid(), after.name.to_string());
        work.finish(event.changing(&before, &after)).await
    }
}

async fn live_projects(work: &Work<'_>, node: NodeId) -> Result<Vec<ProjectId>, KernelError> {
    let all = work.projects().list_accounts().await?;
    let here = all.into_iter().filter(|one| one.node_id == Some(node) && one.state == ProjectState::Active);
    Ok(here.map(|one| one.project_id).collect())
}

/// Refuses where items of these projects need one of the levels that they would lose.
async fn refuse_needed(
    work: &Work<'_>,
    projects: &[ProjectId],
    levels: Vec<Level>,
) -> Result<(), KernelError> {
    let mut items = Vec::new();
    for project in projects {
        items.extend(work.items_needing(*project, &levels).await?);
    }
    if items.is_empty() { Ok(()) } else { Err(KernelError::LevelInUse { levels, items }) }
}
