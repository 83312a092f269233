//! Nodes on the wire.

use guildhall_core::{AccountId, Level, Name, NodeId, PermissionCode, RowVersion};
use guildhall_kernel::{Branch, NodeShown};
use guildhall_tenancy::{Node, NodeState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::Answer;

/// One entity of the hierarchy. Of one that stands above those that the reader sees he is told id, type and name; everything
/// else is `null`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NodeView {
    /// The node's id.
    pub id: NodeId,
    /// Its account, which has the same id.
    pub az_id: Option<AccountId>,
    /// The node that it stands under; `null` directly under the workspace.
    pub parent_id: Option<NodeId>,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: NodeType,
    /// What the workspace calls a level of its own.
    pub custom_type_name: Option<Name>,
    /// What people call it.
    pub name: Name,
    /// What the workspace's own master data calls it.
    pub md_id: Option<Name>,
    /// The words that it is filed under.
    pub categories: Option<Vec<Name>>,
    /// Whether it is in use.
    pub state: Option<NodeState>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NodeType {
    /// A client of the agency.
    Client,
    /// A market.
    Market,
    /// A brand.
    Brand,
    /// A level that the workspace named itself.
    Custom,
}

impl From<&Level> for NodeType {
    fn from(level: &Level) -> Self {
        match level {
            Level::Client => Self::Client,
            Level::Market => Self::Market,
            Level::Brand => Self::Brand,
            Level::Custom(_) => Self::Custom,
        }
    }
}

impl From<NodeShown> for NodeView {
    fn from(shown: NodeShown) -> Self {
        match shown {
            NodeShown::Whole { node, permissions } => {
                let Node {
                    id,
                    parent_id,
                    level,
                    name,
                    md_id,
                    categories,
                    state,
                    archived_with: _,
                    created_at: _,
                    version: _,
                } = node;
                Self {
                    id,
                    az_id: Some(id.account()),
                    parent_id,
                    kind: (&level).into(),
                    custom_type_name: level.custom_name().cloned(),
                    name,
                    md_id,
                    categories: Some(categories),
                    state: Some(state),
                    permissions,
                }
            }
            NodeShown::Outline { id, level, name } => Self {
                id,
                az_id: None,
                parent_id: None,
                kind: (&level).into(),
                custom_type_name: level.custom_name().cloned(),
                name,
                md_id: None,
                categories: None,
                state: None,
                permissions: Vec::new(),
            },
        }
    }
}

/// A node with those below it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BranchView {
    /// The node.
    #[serde(flatten)]
    node: NodeView,
    /// The nodes directly below it, in the order in which they were made.
    #[schema(no_recursion)]
    children: Vec<BranchView>,
}

impl From<Branch> for BranchView {
    fn from(branch: Branch) -> Self {
        let Branch { node, children } = branch;
        Self { node: node.into(), children: children.into_iter().map(Into::into).collect() }
    }
}

/// The node as it is answered, with its entity tag.
pub(super) fn answer(shown: NodeShown) -> Answer<NodeView> {
    let version = version(&shown);
    let answer = Answer::of(NodeView::from(shown));
    match version {
        Some(version) => answer.tagged(version),
        None => answer,
    }
}

/// The version of a node that is shown whole.
pub(super) fn version(shown: &NodeShown) -> Option<RowVersion> {
    match shown {
        NodeShown::Whole { node, .. } => Some(node.version),
        NodeShown::Outline { .. } => None,
    }
}
