//! What becomes of a branch: decided on the tree in memory, stored by whoever asked.

use guildhall_core::NodeId;

use super::Tree;
use crate::{Node, NodeState, TenancyError};

/// A node that changes: as it stands, and as it will stand.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeChange {
    /// The node as it is stored.
    pub before: Node,
    /// The node as it will be; its version is still that of the stored one.
    pub after: Node,
}

impl Tree {
    /// What changes when a node is put away: the node first, then every node in use below it.
    ///
    /// # Errors
    ///
    /// [`TenancyError::NodeArchived`] where it is already; [`TenancyError::NodeNotFound`].
    pub fn archive(&self, id: NodeId) -> Result<Vec<NodeChange>, TenancyError> {
        let node = self.known(id)?.clone().live()?;
        let below = self.descendants(Some(id)).into_iter().filter(|node| node.state == NodeState::Live);
        let with_it = below.cloned().map(|node| archived(node, Some(id)));
        Ok(std::iter::once(archived(node, None)).chain(with_it).collect())
    }

    /// What changes when a node is brought back: the node first, then what its archiving put away. Nothing changes where
    /// it is in use.
    ///
    /// # Errors
    ///
    /// [`TenancyError::ParentArchived`] where it stands below an archived node, with which it may come back;
    /// [`TenancyError::NodeNotFound`].
    pub fn restore(&self, id: NodeId) -> Result<Vec<NodeChange>, TenancyError> {
        let node = self.known(id)?;
        if node.state == NodeState::Live {
            return Ok(Vec::new());
        }
        if let Some(parent) = node.parent_id.and_then(|parent| self.node(parent))
            && parent.state == NodeState::Archived
        {
            return Err(TenancyError::ParentArchived { id: parent.id });
        }
        let below = self.descendants(Some(id)).into_iter().filter(|below| below.archived_with == Some(id));
        Ok(std::iter::once(node).chain(below).cloned().map(restored).collect())
    }

    fn known(&self, id: NodeId) -> Result<&Node, TenancyError> {
        self.node(id).ok_or(TenancyError::NodeNotFound { id })
    }
}

fn archived(before: Node, archived_with: Option<NodeId>) -> NodeChange {
    let after = Node { state: NodeState::Archived, archived_with, ..before.clone() };
    NodeChange { before, after }
}

fn restored(before: Node) -> NodeChange {
    let after = Node { state: NodeState::Live, archived_with: None, ..before.clone() };
    NodeChange { before, after }
}
