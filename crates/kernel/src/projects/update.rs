//! Changing a project.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{NodeId, ProjectId};
use guildhall_orchestration::ProjectPatch;

use crate::{Begun, Event, Kernel, KernelError, ProjectShown, Request, code, work::Work};

impl Kernel {
    /// Changes a project's words and dates, and the node that it is linked to. Its account moves with it.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_EDIT`, for the node without `PROJECT_LINK` and `PROJECT_CREATE` there;
    /// [`KernelError::NotFound`] where the caller does not see the node; [`KernelError::LevelInUse`] where items need what
    /// the new place lacks; [`KernelError::Orchestration`] for the rules of projects.
    pub async fn update_project(
        &self,
        request: &Request,
        id: ProjectId,
        patch: ProjectPatch,
    ) -> Result<ProjectShown, KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else {
            return self.find_project(request, id).await;
        };
        let seen = work.authorize_project(id, &code::PROJECT_READ).await?;
        let only_links = patch == ProjectPatch { node_id: patch.node_id, ..ProjectPatch::default() };
        if patch.node_id.is_none() || !only_links {
            work.require(&code::PROJECT_EDIT, seen.account_id)?;
        }
        if let Some(node) = patch.node_id {
            work.require(&code::PROJECT_LINK, seen.account_id)?;
            may_link(&work, node).await?;
            work.raise(Epoch::Workspace, &[Change::Project(id)]).await?;
            keep_fitting(&work, id, node).await?;
        }
        let before = work.projects().find_for_update(id).await?.ok_or(KernelError::NotFound)?;
        let after = self.orchestration(&*work).update_project(id, patch, request.if_match).await?;
        let event = Event::new("project.changed", id.uuid(), after.name.to_string());
        work.finish(event.in_project(id).changing(&before, &after)).await?;
        self.find_project(request, id).await
    }
}

/// A project goes where its mover could have made it.
async fn may_link(work: &Work<'_>, node: Option<NodeId>) -> Result<(), KernelError> {
    match node {
        Some(node) => work.authorize_node(node, &code::PROJECT_CREATE).await.map(drop),
        None => work.require(&code::PROJECT_CREATE, work.organisation()?),
    }
}

/// Reads under the lock: neither the project nor the nodes move meanwhile.
async fn keep_fitting(work: &Work<'_>, id: ProjectId, node: Option<NodeId>) -> Result<(), KernelError> {
    let project = work.projects().find(id).await?.ok_or(KernelError::NotFound)?;
    project.ensure_active()?;
    if project.node_id == node {
        return Ok(());
    }
    work.require_live(node).await?;
    let (before, after) = (work.path_levels(project.node_id).await?, work.path_levels(node).await?);
    work.keep_levels(id, &before, &after).await
}
