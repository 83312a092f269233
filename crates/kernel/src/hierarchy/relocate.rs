//! Moving a node with everything below it.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{Level, NodeId};
use guildhall_orchestration::ProjectAccount;
use guildhall_tenancy::{NodeChange, Tree};

use super::{
    branch::projects_of,
    plan::{MovePlan, PlanHash},
};
use crate::{Begun, Event, Kernel, KernelError, NodeShown, Outcome, Request, code, work::Work};

/// Where a node goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveNode {
    /// The node that it will stand under; `None` for directly under the workspace.
    pub parent_id: Option<NodeId>,
    /// The plan that the mover has seen: he moves only if it is still what would happen.
    pub plan: Option<PlanHash>,
}

/// A move that the rules allow.
pub(super) struct Prepared {
    /// The hierarchy as it stands.
    pub(super) tree: Tree,
    /// The node before and after; `None` where it stands there already.
    pub(super) change: Option<NodeChange>,
    /// The projects on it and below.
    pub(super) projects: Vec<ProjectAccount>,
}

impl Kernel {
    /// Moves a node with everything below it. Ids and grants stay; what is inherited from above changes with the commit.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see the node or its new parent; [`KernelError::Forbidden`]
    /// without `NODE_MANAGE` on the old parent and on the new one; [`KernelError::Tenancy`] where it can't stand there;
    /// [`KernelError::LevelInUse`] where items below need a level that they would lose; [`KernelError::PlanOutdated`].
    pub async fn move_node(
        &self,
        request: &Request,
        id: NodeId,
        command: MoveNode,
    ) -> Result<Outcome<NodeShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_node(request, id).await?)),
        };
        may_move(&work, id, command.parent_id).await?;
        work.raise(Epoch::Workspace, &[Change::Node(id)]).await?;
        let prepared = prepare(&work, id, command.parent_id).await?;
        if let Some(seen) = &command.plan
            && work.plan_move(id, &prepared, command.parent_id).await?.plan != *seen
        {
            return Err(KernelError::PlanOutdated);
        }
        match prepared.change {
            Some(change) => {
                let NodeChange { before, after } = self.tenancy(&*work).move_branch(change).await?;
                let event = Event::new("node.moved", id.uuid(), after.name.to_string());
                work.finish(event.changing(&before, &after)).await?;
            }
            None => work.finish_unchanged(id.uuid()).await?,
        }
        Ok(Outcome::Done(self.find_node(request, id).await?))
    }

    /// What a move would do: the projects concerned, and who gains or loses what, as far as the caller may know.
    ///
    /// # Errors
    /// Those of [`Self::move_node`]: what would be refused is refused.
    pub async fn plan_node_move(
        &self,
        request: &Request,
        id: NodeId,
        parent_id: Option<NodeId>,
    ) -> Result<MovePlan, KernelError> {
        let work = self.read(request).await?;
        may_move(&work, id, parent_id).await?;
        let prepared = prepare(&work, id, parent_id).await?;
        work.plan_move(id, &prepared, parent_id).await
    }
}

/// A node is taken from one place and put into another: it takes the right to manage both.
async fn may_move(work: &Work<'_>, id: NodeId, parent_id: Option<NodeId>) -> Result<(), KernelError> {
    let node = work.hierarchy().find(id).await?.ok_or(KernelError::NotFound)?;
    work.sight_for(work.principal(), id).ok_or(KernelError::NotFound)?;
    let organisation = work.organisation()?;
    work.require(&code::NODE_MANAGE, node.parent_id.map_or(organisation, NodeId::account))?;
    match parent_id {
        Some(parent) => work.authorize_node(parent, &code::NODE_MANAGE).await.map(drop),
        None => work.require(&code::NODE_MANAGE, organisation),
    }
}

/// Decides on the tree as it stands, under the lock where the work writes.
async fn prepare(work: &Work<'_>, id: NodeId, parent_id: Option<NodeId>) -> Result<Prepared, KernelError> {
    let tree = Tree::new(work.hierarchy().list().await?);
    work.request().expect_version(tree.node(id).ok_or(KernelError::NotFound)?.version)?;
    let change = tree.relocate(id, parent_id, work.levels()?)?;
    let projects = projects_of(&tree, id, work.projects().list_accounts().await?);
    if let Some(change) = &change {
        let moved = tree.with(&change.after);
        let levels = |tree: &Tree, project: &ProjectAccount| {
            project.node_id.map(|node| tree.levels(node)).unwrap_or_default()
        };
        let lost = |project: &ProjectAccount| -> Vec<Level> {
            let kept = levels(&moved, project);
            levels(&tree, project).into_iter().filter(|level| !kept.contains(level)).collect()
        };
        work.refuse_loss(&projects, lost).await?;
    }
    Ok(Prepared { tree, change, projects })
}
