//! Nodes as their reader sees them.

use guildhall_core::{Level, Name, NodeId, PermissionCode};
use guildhall_tenancy::{Node, NodeState, Tree};

use super::sight::{Seen, Sight};
use crate::{Kernel, KernelError, Request, code, work::Work};

/// What the codes of a node are about.
const CODES: [PermissionCode; 5] =
    [code::NODE_READ, code::NODE_MANAGE, code::PROJECT_CREATE, code::PRODUCT_LAUNCH, code::ROLE_GRANT];

/// A node as its reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeShown {
    /// All of it.
    Whole {
        /// The node.
        node: Node,
        /// What of the platform's codes about nodes the reader holds on it.
        permissions: Vec<PermissionCode>,
    },
    /// One that stands above what he sees.
    Outline {
        /// The node's id.
        id: NodeId,
        /// What it is.
        level: Level,
        /// What people call it.
        name: Name,
    },
}

/// A node with what its reader sees below it, siblings by id.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The node.
    pub node: NodeShown,
    /// The nodes directly below it.
    pub children: Vec<Branch>,
}

impl Kernel {
    /// The hierarchy as far as the caller sees it: what he is assigned to and below, and the way down to it.
    ///
    /// # Errors
    /// [`KernelError::WorkspaceRequired`] where the request names no workspace.
    pub async fn read_hierarchy(
        &self,
        request: &Request,
        archived_too: bool,
    ) -> Result<Vec<Branch>, KernelError> {
        let work = self.read(request).await?;
        let nodes = work.hierarchy().list().await?;
        let shown = nodes.into_iter().filter(|node| archived_too || node.state == NodeState::Live);
        Ok(branches(&work, &work.nodes_seen_by(work.principal()), &Tree::new(shown), None))
    }

    /// The node, as far as the caller sees it.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not there or the caller may not know of it.
    pub async fn find_node(&self, request: &Request, id: NodeId) -> Result<NodeShown, KernelError> {
        let work = self.read(request).await?;
        let node = work.hierarchy().find(id).await?.ok_or(KernelError::NotFound)?;
        let sight = work.sight_for(work.principal(), id).ok_or(KernelError::NotFound)?;
        Ok(show(&work, &node, sight))
    }
}

/// No path is longer than [`Node::MAX_DEPTH`], which bounds the recursion.
fn branches(work: &Work<'_>, seen: &Seen, tree: &Tree, parent: Option<NodeId>) -> Vec<Branch> {
    let visible = tree.children(parent).filter_map(|node| seen.of(node.id).map(|sight| (node, sight)));
    visible
        .map(|(node, sight)| Branch {
            node: show(work, node, sight),
            children: branches(work, seen, tree, Some(node.id)),
        })
        .collect()
}

fn show(work: &Work<'_>, node: &Node, sight: Sight) -> NodeShown {
    match sight {
        Sight::Whole => {
            NodeShown::Whole { node: node.clone(), permissions: work.codes_of(node.id.account(), &CODES) }
        }
        Sight::Outline => {
            NodeShown::Outline { id: node.id, level: node.level.clone(), name: node.name.clone() }
        }
    }
}
