//! A workspace's whole hierarchy in memory.

mod change;

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::{Level, NodeId};

use crate::{Node, levels_of_path};

pub use self::change::NodeChange;

/// The nodes of one workspace, to be asked for paths and branches. Siblings stand by id, that is in the order in which
/// they were made.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    nodes: BTreeMap<NodeId, Node>,
    children: BTreeMap<Option<NodeId>, BTreeSet<NodeId>>,
}

impl Tree {
    /// Takes the rows in any order.
    pub fn new(rows: impl IntoIterator<Item = Node>) -> Self {
        let mut tree = Self::default();
        for node in rows {
            tree.children.entry(node.parent_id).or_default().insert(node.id);
            tree.nodes.insert(node.id, node);
        }
        tree
    }

    /// The same tree with this node in the place of the one with its id.
    #[must_use]
    pub fn with(&self, node: &Node) -> Self {
        let others = self.nodes.values().filter(|other| other.id != node.id).cloned();
        Self::new(others.chain([node.clone()]))
    }

    /// The node with that id.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(&id)
    }

    /// The nodes from the first one below the workspace down to this one, which is the last; empty where the tree has
    /// no such node.
    pub fn path(&self, id: NodeId) -> Vec<&Node> {
        let mut path: Vec<_> =
            std::iter::successors(self.node(id), |node| node.parent_id.and_then(|parent| self.node(parent)))
                .take(Node::MAX_DEPTH)
                .collect();
        path.reverse();
        path
    }

    /// The levels on the path of a node, from the first one down.
    pub fn levels(&self, id: NodeId) -> Vec<Level> {
        levels_of_path(self.path(id))
    }

    /// The nodes directly below a node, or directly below the workspace for `None`.
    pub fn children(&self, parent: Option<NodeId>) -> impl Iterator<Item = &Node> {
        self.children.get(&parent).into_iter().flatten().filter_map(|id| self.node(*id))
    }

    /// All nodes below a node, without itself, each one before what stands below it; for `None` the whole tree.
    pub fn descendants(&self, parent: Option<NodeId>) -> Vec<&Node> {
        let mut found = Vec::new();
        let mut open: Vec<_> = self.children(parent).collect();
        open.reverse();
        while let Some(node) = open.pop() {
            // A circle in the rows would never end; none can hold more nodes than there are.
            if found.len() == self.nodes.len() {
                break;
            }
            found.push(node);
            let first = open.len();
            open.extend(self.children(Some(node.id)));
            if let Some(below) = open.get_mut(first..) {
                below.reverse();
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::{IdGenerator, testing::SequentialIds};

    use super::*;
    use crate::testing::node;

    /// Client 1 with market 2 (brand 3) and brand 4, and market 5; the rows in reverse.
    fn rows() -> [Node; 5] {
        let ids = SequentialIds::default();
        let client = node(&ids, Level::Client, None);
        let market = node(&ids, Level::Market, Some(&client));
        let brand = node(&ids, Level::Brand, Some(&market));
        let other_brand = node(&ids, Level::Brand, Some(&client));
        let other_market = node(&ids, Level::Market, None);
        [client, market, brand, other_brand, other_market]
    }

    fn ids<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> Vec<NodeId> {
        nodes.into_iter().map(|node| node.id).collect()
    }

    #[test]
    fn a_path_leads_from_the_workspace_down() {
        let [client, market, brand, ..] = rows();
        let tree = Tree::new(rows().into_iter().rev());

        assert_eq!(ids(tree.path(brand.id)), [client.id, market.id, brand.id]);
        assert_eq!(tree.levels(brand.id), [Level::Client, Level::Market, Level::Brand]);
    }

    #[test]
    fn what_is_not_in_the_tree_has_no_path() {
        let tree = Tree::new(rows());

        assert!(tree.path(NodeId::new(guildhall_core::AccountId::PLATFORM.uuid())).is_empty());
    }

    #[test]
    fn descendants_come_depth_first_and_siblings_by_id() {
        let [client, market, brand, other_brand, other_market] = rows();
        let tree = Tree::new(rows().into_iter().rev());

        assert_eq!(ids(tree.descendants(Some(client.id))), [market.id, brand.id, other_brand.id]);
        assert_eq!(
            ids(tree.descendants(None)),
            [client.id, market.id, brand.id, other_brand.id, other_market.id]
        );
    }

    #[test]
    fn a_circle_in_the_rows_ends_all_the_same() {
        let generator = SequentialIds::default();
        let (a, b) = (NodeId::new(generator.uuid()), NodeId::new(generator.uuid()));
        let row = node(&generator, Level::Market, None);
        let tree = Tree::new([
            Node { id: a, parent_id: Some(b), ..row.clone() },
            Node { id: b, parent_id: Some(a), ..row },
        ]);

        assert_eq!(tree.path(a).len(), Node::MAX_DEPTH);
        assert_eq!(tree.descendants(Some(a)).len(), 2);
        assert!(tree.descendants(None).is_empty());
    }
}
