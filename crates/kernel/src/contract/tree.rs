//! The hierarchy of a workspace, flat.

use guildhall_core::{AccountId, Level, Name, NodeId, WorkspaceId};
use guildhall_tenancy::{Node, NodeState, Tree};

use super::place::{SeenNodes, named_by, read_in};
use crate::{Kernel, KernelError, Request, hierarchy::Sight};

/// A workspace with the nodes in use that its reader sees.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkspaceTree {
    /// The workspace's account, which stands for the tenant.
    pub account_id: AccountId,
    /// What people call the workspace.
    pub name: Name,
    /// The nodes, each one before what stands below it.
    pub nodes: Vec<TreeNode>,
}

/// A node, as far as its reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeNode {
    /// The node's id, and its account's.
    pub id: NodeId,
    /// The node that it stands under; `None` directly under the workspace.
    pub parent_id: Option<NodeId>,
    /// What it is.
    pub level: Level,
    /// What people call it.
    pub name: Name,
    /// What the workspace's own master data calls it, where the reader sees all of it.
    pub md_id: Option<Name>,
}

impl Kernel {
    /// The hierarchy of a workspace, as far as the caller sees it.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the workspace is not for the caller.
    pub async fn find_workspace_tree(
        &self,
        request: &Request,
        workspace: WorkspaceId,
    ) -> Result<WorkspaceTree, KernelError> {
        let request = request.in_workspace(named_by(request, workspace)?);
        let work = read_in(self, &request, workspace).await?;
        let here = work.view().workspace.as_ref().ok_or(KernelError::WorkspaceRequired)?;
        let seen = work.nodes_seen_in_contract().await?;
        let rows = work.hierarchy().list().await?;
        let tree = Tree::new(rows.into_iter().filter(|node| node.state == NodeState::Live));
        let nodes = tree.descendants(None).into_iter().filter_map(|node| shown(node, &seen)).collect();
        Ok(WorkspaceTree { account_id: here.account_id, name: here.name.clone(), nodes })
    }
}

fn shown(node: &Node, seen: &SeenNodes) -> Option<TreeNode> {
    let sight = seen.of(node.id)?;
    Some(TreeNode {
        id: node.id,
        parent_id: node.parent_id,
        level: node.level.clone(),
        name: node.name.clone(),
        md_id: if sight == Sight::Whole { node.md_id.clone() } else { None },
    })
}
