//! Building the hierarchy.

use std::collections::BTreeSet;

use guildhall_core::{Name, NodeId, RowVersion, StoreError};

use crate::{
    ImportParent, Levels, NewNode, Node, NodeChange, NodePatch, NodeState, PlannedNode, Tenancy,
    TenancyError, Tree,
};

impl Tenancy<'_> {
    /// Makes a node below `parent`, or directly below the workspace.
    ///
    /// # Errors
    ///
    /// [`TenancyError::NodeArchived`] for an archived parent, those of [`Levels::check`],
    /// [`TenancyError::HierarchyTooDeep`], [`TenancyError::TooMany`] categories.
    pub async fn create_node(
        &self,
        levels: &Levels,
        command: NewNode,
        parent: Option<&Node>,
    ) -> Result<Node, TenancyError> {
        if let Some(parent) = parent {
            parent.clone().live()?;
        }
        levels.check(&command.level, parent.map(|parent| &parent.level))?;
        if let Some(parent) = parent
            && self.node_path(parent).await?.len() >= Node::MAX_DEPTH
        {
            return Err(TenancyError::HierarchyTooDeep);
        }
        let node = self.new_node(command, parent.map(|parent| parent.id))?;
        self.store.hierarchy().insert(&node).await?;
        Ok(node)
    }

    /// Changes what a node is called and filed under.
    ///
    /// # Errors
    ///
    /// [`TenancyError::NodeArchived`], [`TenancyError::TooMany`] categories; [`TenancyError::Store`] with `Stale` where the
    /// node has changed since it was read.
    pub async fn update_node(&self, node: Node, patch: NodePatch) -> Result<Node, TenancyError> {
        let node = node.live()?;
        self.store_node(Node {
            name: patch.name.unwrap_or(node.name),
            md_id: patch.md_id.unwrap_or(node.md_id),
            categories: categories(patch.categories.unwrap_or(node.categories))?,
            ..node
        })
        .await
    }

    /// Puts a node away with everything below it that is in use. The node itself is the first of the changes.
    ///
    /// # Errors
    ///
    /// [`TenancyError::NodeArchived`] where it is already; [`TenancyError::Store`] with `Stale` where a node has changed
    /// since it was read.
    pub async fn archive_branch(&self, tree: &Tree, id: NodeId) -> Result<Vec<NodeChange>, TenancyError> {
        self.store_changes(tree.archive(id)?).await
    }

    /// Brings a node back with what its archiving put away; what had been archived before stays so. The node itself is the
    /// first of the changes; there are none where it is in use.
    ///
    /// # Errors
    ///
    /// [`TenancyError::ParentArchived`]; those of [`Levels::check`] where the levels have changed meanwhile;
    /// [`TenancyError::Store`] with `Stale` where a node has changed since it was read.
    pub async fn restore_branch(
        &self,
        levels: &Levels,
        tree: &Tree,
        id: NodeId,
    ) -> Result<Vec<NodeChange>, TenancyError> {
        self.store_changes(tree.restore(id, levels)?).await
    }

    /// Moves a node as [`Tree::relocate`] says; what stands below it goes with it.
    ///
    /// # Errors
    ///
    /// [`TenancyError::Store`] with `Stale` where the node has changed since it was read.
    pub async fn move_branch(&self, change: NodeChange) -> Result<NodeChange, TenancyError> {
        let NodeChange { before, after } = change;
        Ok(NodeChange { before, after: self.store_node(after).await? })
    }

    /// The whole hierarchy, archived nodes too.
    ///
    /// # Errors
    ///
    /// [`TenancyError::Store`].
    pub async fn read_tree(&self) -> Result<Tree, TenancyError> {
        Ok(Tree::new(self.store.hierarchy().list().await?))
    }

    /// The nodes from the first one below the workspace down to this one, which is the last.
    ///
    /// # Errors
    ///
    /// [`TenancyError::Store`] with `Corrupt` where the stored parents lead nowhere or in a circle.
    pub async fn node_path(&self, node: &Node) -> Result<Vec<Node>, TenancyError> {
        let mut path = vec![node.clone()];
        let mut next = node.parent_id;
        while let Some(id) = next {
            let parent = self.store.hierarchy().find(id).await?;
            let parent = parent.filter(|_| path.len() < Node::MAX_DEPTH).ok_or_else(|| {
                StoreError::Corrupt(format!("the path of node {} does not end at the workspace", node.id))
            })?;
            next = parent.parent_id;
            path.push(parent);
        }
        path.reverse();
        Ok(path)
    }

    /// Whether members can be assigned to all of these nodes.
    ///
    /// # Errors
    ///
    /// [`TenancyError::NodesNotAssignable`] naming those that are archived or absent.
    pub async fn check_assignable(&self, node_ids: &[NodeId]) -> Result<(), TenancyError> {
        if node_ids.is_empty() {
            return Ok(());
        }
        let tree = self.read_tree().await?;
        let live = |id: NodeId| tree.node(id).is_some_and(|node| node.state == NodeState::Live);
        let ids: Vec<_> = node_ids.iter().copied().filter(|id| !live(*id)).collect();
        if ids.is_empty() { Ok(()) } else { Err(TenancyError::NodesNotAssignable { ids }) }
    }

    /// Makes the nodes of a plan, which was made under the lock under which they are made.
    ///
    /// # Errors
    ///
    /// [`TenancyError::TooMany`] categories; what the store reports.
    pub async fn import_nodes(&self, planned: Vec<PlannedNode>) -> Result<Vec<Node>, TenancyError> {
        let mut nodes: Vec<Node> = Vec::with_capacity(planned.len());
        for PlannedNode { parent, node, .. } in planned {
            let parent_id = match parent {
                ImportParent::Top => None,
                ImportParent::Node(id) => Some(id),
                ImportParent::Added(at) => {
                    let above =
                        nodes.get(at).ok_or_else(|| StoreError::Backend("a plan is out of order".into()))?;
                    Some(above.id)
                }
            };
            nodes.push(self.new_node(node, parent_id)?);
        }
        self.store.hierarchy().insert_all(&nodes).await?;
        Ok(nodes)
    }

    fn new_node(&self, command: NewNode, parent_id: Option<NodeId>) -> Result<Node, TenancyError> {
        Ok(Node {
            id: NodeId::new(self.ids.uuid()),
            parent_id,
            level: command.level,
            name: command.name,
            md_id: command.md_id,
            categories: categories(command.categories)?,
            state: NodeState::Live,
            archived_with: None,
            created_at: self.clock.now(),
            version: RowVersion::FIRST,
        })
    }

    async fn store_changes(&self, changes: Vec<NodeChange>) -> Result<Vec<NodeChange>, TenancyError> {
        let mut stored = Vec::with_capacity(changes.len());
        for NodeChange { before, after } in changes {
            stored.push(NodeChange { before, after: self.store_node(after).await? });
        }
        Ok(stored)
    }

    async fn store_node(&self, node: Node) -> Result<Node, TenancyError> {
        self.store.hierarchy().update(&node).await?;
        Ok(Node { version: node.version.next(), ..node })
    }
}

/// The categories without repetition, in the order of their first mention.
fn categories(mut names: Vec<Name>) -> Result<Vec<Name>, TenancyError> {
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    if names.len() > Node::MAX_CATEGORIES {
        return Err(TenancyError::TooMany { field: "categories", max: Node::MAX_CATEGORIES });
    }
    Ok(names)
}

#[cfg(test)]
mod tests;
