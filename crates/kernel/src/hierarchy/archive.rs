//! Putting a node away with everything below it, and bringing it back. Product roles go and come by the same commit.

use guildhall_authz::Change;
use guildhall_core::{NodeId, ProjectId};
use guildhall_orchestration::{Project, ProjectAccount, ProjectState};
use guildhall_tenancy::{NodeChange, Tree};

use super::branch::projects_of;
use crate::{Begun, Event, Kernel, KernelError, NodeShown, Outcome, Request, code, work::Work};

impl Kernel {
    /// Archives a node, with the nodes in use below it and their active projects.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see it; [`KernelError::Forbidden`] without `NODE_MANAGE`;
    /// [`KernelError::LevelInUse`] where items of those projects need a level of their path; [`KernelError::Tenancy`]
    /// where it is archived already.
    pub async fn archive_node(&self, request: &Request, id: NodeId) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        work.authorize_node(id, &code::NODE_MANAGE).await?;
        // Under the lock: whoever links a project or makes a node below waits for the same one.
        let tree = self.tenancy(&*work).read_tree().await?;
        request.expect_version(tree.node(id).ok_or(KernelError::NotFound)?.version)?;
        let active = |project: &ProjectAccount| project.state == ProjectState::Active;
        let projects = work.lock_projects(&tree, id, active).await?;
        let lost = |project: &ProjectAccount| project.node_id.map_or_else(Vec::new, |node| tree.levels(node));
        work.refuse_loss(&projects, lost).await?;
        let projects = ids_of(&projects);
        work.raise_projects(&[Change::Node(id)], &projects).await?;
        let nodes = self.tenancy(&*work).archive_branch(&tree, id).await?;
        let projects = self.orchestration(&*work).archive_projects_with(&projects, Some(id)).await?;
        finish(work, id, ("node.archived", nodes), ("project.archived", projects)).await
    }

    /// Brings a node back, with the nodes and projects that its archiving put away.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see it; [`KernelError::Forbidden`] without `NODE_MANAGE`;
    /// [`KernelError::Tenancy`] where it stands below an archived node; [`KernelError::LevelInUse`] where items of those
    /// projects need a level that their path has lost meanwhile.
    pub async fn restore_node(
        &self,
        request: &Request,
        id: NodeId,
    ) -> Result<Outcome<NodeShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_node(request, id).await?)),
        };
        work.authorize_node(id, &code::NODE_MANAGE).await?;
        let tree = self.tenancy(&*work).read_tree().await?;
        request.expect_version(tree.node(id).ok_or(KernelError::NotFound)?.version)?;
        let with_it = |project: &ProjectAccount| project.archived_with == Some(id);
        let projects = work.lock_projects(&tree, id, with_it).await?;
        work.refuse_lack(&tree, &projects).await?;
        let projects = ids_of(&projects);
        work.raise_projects(&[Change::Node(id)], &projects).await?;
        let nodes = self.tenancy(&*work).restore_branch(work.levels()?, &tree, id).await?;
        if nodes.is_empty() {
            work.finish_unchanged(id.uuid()).await?;
        } else {
            let projects = self.orchestration(&*work).archive_projects_with(&projects, None).await?;
            finish(work, id, ("node.restored", nodes), ("project.restored", projects)).await?;
        }
        Ok(Outcome::Done(self.find_node(request, id).await?))
    }
}

impl Work<'_> {
    /// Those of the projects on a node and below that `wanted` says, their boards locked in the order of their ids: what
    /// lies on them stops or begins to change.
    async fn lock_projects(
        &self,
        tree: &Tree,
        node: NodeId,
        wanted: impl Fn(&ProjectAccount) -> bool,
    ) -> Result<Vec<ProjectAccount>, KernelError> {
        let mut projects = projects_of(tree, node, self.projects().list_accounts().await?);
        projects.retain(wanted);
        projects.sort_by_key(|project| project.project_id);
        for project in &projects {
            self.projects().update_board_version(project.project_id).await?;
        }
        Ok(projects)
    }
}

fn ids_of(projects: &[ProjectAccount]) -> Vec<ProjectId> {
    projects.iter().map(|project| project.project_id).collect()
}

/// Records each thing that changed, so that each project's feed tells it, the node itself last: it is what was asked for.
async fn finish(
    work: Work<'_>,
    id: NodeId,
    (node_kind, nodes): (&'static str, Vec<NodeChange>),
    (project_kind, projects): (&'static str, Vec<(Project, Project)>),
) -> Result<(), KernelError> {
    for (before, after) in projects {
        let event = Event::new(project_kind, after.id.uuid(), after.name.to_string());
        work.record(event.in_project(after.id).changing(&before, &after)).await?;
    }
    let told = |NodeChange { before, after }: &NodeChange| {
        Event::new(node_kind, after.id.uuid(), after.name.to_string()).changing(before, after)
    };
    for change in nodes.iter().filter(|change| change.after.id != id) {
        work.record(told(change)).await?;
    }
    let own = nodes.iter().find(|change| change.after.id == id);
    work.finish(told(own.ok_or_else(|| KernelError::Internal(format!("the node {id} did not change")))?))
        .await
}
