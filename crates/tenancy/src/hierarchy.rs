//! The hierarchy of a workspace: clients, markets and brands.

use chrono::{DateTime, Utc};
use guildhall_core::{Level, Name, NodeId, RowVersion};
use serde::{Deserialize, Serialize, Serializer};

use crate::{TenancyError, spelled::spelled_enum};

/// One entity of a workspace's hierarchy, which is a point in the authorization tree too: its account has its id.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// Its id, and that of its account.
    pub id: NodeId,
    /// The node that it stands under; `None` directly under the workspace.
    pub parent_id: Option<NodeId>,
    /// What it is.
    #[serde(rename = "type", serialize_with = "spell_level")]
    pub level: Level,
    /// What people call it. Two nodes may have one name.
    pub name: Name,
    /// What the workspace's own master data calls it.
    pub md_id: Option<Name>,
    /// The words that it is filed under, without repetition.
    pub categories: Vec<Name>,
    /// Whether it is in use.
    pub state: NodeState,
    /// The node whose archiving put this one away too, and whose restoring brings it back; `None` where it is in use or
    /// was archived by itself.
    pub archived_with: Option<NodeId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// How often it was changed.
    pub version: RowVersion,
}

/// Whether a node is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NodeState {
    /// In use.
    Live,
    /// Put away.
    Archived,
}

spelled_enum!(NodeState { Live => "LIVE", Archived => "ARCHIVED" });

impl Node {
    /// The most nodes on one path, the first one and the last one included.
    pub const MAX_DEPTH: usize = 32;
    /// The most categories of one node.
    pub const MAX_CATEGORIES: usize = 50;

    /// The node itself, where it is in use.
    ///
    /// # Errors
    ///
    /// [`TenancyError::NodeArchived`].
    pub fn live(self) -> Result<Self, TenancyError> {
        match self.state {
            NodeState::Live => Ok(self),
            NodeState::Archived => Err(TenancyError::NodeArchived { id: self.id }),
        }
    }
}

/// The levels of a path, in its order.
pub fn levels_of_path<'a>(path: impl IntoIterator<Item = &'a Node>) -> Vec<Level> {
    path.into_iter().map(|node| node.level.clone()).collect()
}

fn spell_level<S: Serializer>(level: &Level, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::node;
    use guildhall_core::testing::SequentialIds;

    #[test]
    fn an_archived_node_is_not_live() {
        let archived =
            Node { state: NodeState::Archived, ..node(&SequentialIds::default(), Level::Client, None) };
        let id = archived.id;

        assert_eq!(archived.live(), Err(TenancyError::NodeArchived { id }));
    }
}
