//! What becomes of a branch: decided on the tree in memory, stored by whoever asked.

use guildhall_core::NodeId;

use super::Tree;
use crate::{Levels, Node, NodeState, TenancyError};

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
    /// those of [`Levels::check`] where one of the nodes may no longer stand where it stood;
    /// [`TenancyError::NodeNotFound`].
    pub fn restore(&self, id: NodeId, levels: &Levels) -> Result<Vec<NodeChange>, TenancyError> {
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
        let back: Vec<&Node> = std::iter::once(node).chain(below).collect();
        back.iter().try_for_each(|node| self.check_place(node, levels))?;
        Ok(back.into_iter().cloned().map(restored).collect())
    }

    /// What changes when a node is moved under another one, or directly under the workspace for `None`: the node alone,
    /// with which everything below it goes. `None` where it stands there already.
    ///
    /// # Errors
    ///
    /// [`TenancyError::NodeBelowItself`]; [`TenancyError::NodeArchived`] for the node or its new parent; those of
    /// [`Levels::check`]; [`TenancyError::HierarchyTooDeep`]; [`TenancyError::NodeNotFound`].
    pub fn relocate(
        &self,
        id: NodeId,
        parent_id: Option<NodeId>,
        levels: &Levels,
    ) -> Result<Option<NodeChange>, TenancyError> {
        let node = self.known(id)?.clone().live()?;
        let parent = parent_id.map(|parent| self.known(parent)).transpose()?;
        let path = parent.map(|parent| self.path(parent.id)).unwrap_or_default();
        if path.iter().any(|above| above.id == id) {
            return Err(TenancyError::NodeBelowItself);
        }
        if node.parent_id == parent_id {
            return Ok(None);
        }
        parent.cloned().map(Node::live).transpose()?;
        levels.check(&node.level, parent.map(|parent| &parent.level))?;
        if path.len() + self.height(id) > Node::MAX_DEPTH {
            return Err(TenancyError::HierarchyTooDeep);
        }
        Ok(Some(NodeChange { after: Node { parent_id, ..node.clone() }, before: node }))
    }

    /// The nodes in use that could not be made where they stand if these were the levels, each before those below it.
    pub fn misplaced(&self, levels: &Levels) -> Vec<&Node> {
        let live = self.descendants(None).into_iter().filter(|node| node.state == NodeState::Live);
        live.filter(|node| self.check_place(node, levels).is_err()).collect()
    }

    /// How many nodes the longest path from this one down has, itself included; archived ones count, since they come back.
    fn height(&self, id: NodeId) -> usize {
        let own = self.path(id).len();
        let deepest = self.descendants(Some(id)).into_iter().map(|node| self.path(node.id).len()).max();
        deepest.map_or(1, |deepest| deepest.saturating_sub(own) + 1)
    }

    fn check_place(&self, node: &Node, levels: &Levels) -> Result<(), TenancyError> {
        let parent = node.parent_id.and_then(|parent| self.node(parent));
        levels.check(&node.level, parent.map(|parent| &parent.level))
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
