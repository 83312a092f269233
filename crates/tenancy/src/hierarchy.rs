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

/// Whether a node of that level may stand there: a client under the workspace, a market under the workspace or a
/// client, a brand under a client or a market. `None` is the workspace itself.
///
/// # Errors
///
/// [`TenancyError::LevelNotAllowed`] for anything else.
pub fn check_level(level: &Level, parent: Option<&Level>) -> Result<(), TenancyError> {
    let allowed = matches!(
        (level, parent),
        (Level::Client, None)
            | (Level::Market, None | Some(Level::Client))
            | (Level::Brand, Some(Level::Client | Level::Market))
    );
    if allowed {
        Ok(())
    } else {
        Err(TenancyError::LevelNotAllowed { level: level.clone(), parent: parent.cloned() })
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
    use rstest::rstest;

    use super::*;
    use crate::testing::node;
    use guildhall_core::testing::SequentialIds;

    fn custom() -> Level {
        Level::Custom("Region".parse().unwrap())
    }

    #[rstest]
    #[case(Level::Client, None)]
    #[case(Level::Market, None)]
    #[case(Level::Market, Some(Level::Client))]
    #[case(Level::Brand, Some(Level::Client))]
    #[case(Level::Brand, Some(Level::Market))]
    fn the_default_rules_say_which_may_stand_under_which(
        #[case] level: Level,
        #[case] parent: Option<Level>,
    ) {
        assert_eq!(check_level(&level, parent.as_ref()), Ok(()));
    }

    #[rstest]
    #[case(Level::Client, Some(Level::Client))]
    #[case(Level::Client, Some(Level::Brand))]
    #[case(Level::Market, Some(Level::Market))]
    #[case(Level::Market, Some(Level::Brand))]
    #[case(Level::Brand, None)]
    #[case(Level::Brand, Some(Level::Brand))]
    #[case(custom(), None)]
    #[case(custom(), Some(Level::Client))]
    #[case(Level::Brand, Some(custom()))]
    fn nothing_else_may(#[case] level: Level, #[case] parent: Option<Level>) {
        let refused = check_level(&level, parent.as_ref()).unwrap_err();

        assert_eq!(refused, TenancyError::LevelNotAllowed { level, parent });
    }

    #[test]
    fn a_refused_level_names_itself_and_its_place() {
        let below_workspace = check_level(&Level::Brand, None).unwrap_err();
        let below_brand = check_level(&Level::Client, Some(&Level::Brand)).unwrap_err();

        assert_eq!(below_workspace.to_string(), "`BRAND` can't stand under the workspace");
        assert_eq!(below_brand.to_string(), "`CLIENT` can't stand under `BRAND`");
    }

    #[test]
    fn an_archived_node_is_not_live() {
        let archived =
            Node { state: NodeState::Archived, ..node(&SequentialIds::default(), Level::Client, None) };
        let id = archived.id;

        assert_eq!(archived.live(), Err(TenancyError::NodeArchived { id }));
    }
}
