//! What tenancy refuses.

use chrono::{DateTime, Utc};
use guildhall_core::{Level, NodeId, StoreError};
use thiserror::Error;

use crate::{InvitationState, LevelFault, WorkspacePrefix, WorkspaceState};

/// Why a use case of tenancy was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TenancyError {
    /// The prefix is kept for the platform.
    #[error("the prefix `{prefix}` is reserved")]
    PrefixReserved {
        /// The prefix that was asked for.
        prefix: WorkspacePrefix,
    },
    /// Another workspace has the prefix.
    #[error("the prefix `{prefix}` is taken")]
    PrefixTaken {
        /// The prefix that was asked for.
        prefix: WorkspacePrefix,
    },
    /// Another workspace gave the prefix up not long ago.
    #[error("the prefix `{prefix}` was another workspace's and is nobody's until {until}")]
    PrefixReleased {
        /// The prefix that was asked for.
        prefix: WorkspacePrefix,
        /// From when on it may be taken.
        until: DateTime<Utc>,
    },
    /// No step leads from the workspace's state to the one that was asked for.
    #[error("a workspace that is {from} can't become {to}")]
    WorkspaceStateRefused {
        /// The present state.
        from: WorkspaceState,
        /// The state that was asked for.
        to: WorkspaceState,
    },
    /// A list in the command is longer than allowed.
    #[error("`{field}` has more than {max} entries")]
    TooMany {
        /// The list's name.
        field: &'static str,
        /// The most entries that it may have.
        max: usize,
    },
    /// A node of that level may not stand there.
    #[error("`{level}` can't stand under {}", place(parent.as_ref()))]
    LevelNotAllowed {
        /// The level of the node.
        level: Level,
        /// The level that it would stand under; `None` for the workspace itself.
        parent: Option<Level>,
    },
    /// The workspace has no such level.
    #[error("`{level}` is no level of this workspace")]
    LevelUnknown {
        /// The level.
        level: Level,
    },
    /// The list of levels contradicts itself.
    #[error("the list of levels has {} faults", faults.len())]
    LevelsInvalid {
        /// All that is wrong.
        faults: Vec<LevelFault>,
    },
    /// A node would stand below itself.
    #[error("a node can't stand below itself")]
    NodeBelowItself,
    /// The path to the node would have more than [`Node::MAX_DEPTH`](crate::Node::MAX_DEPTH) nodes.
    #[error("the hierarchy would be too deep")]
    HierarchyTooDeep,
    /// The workspace has no node with that id.
    #[error("there is no such node")]
    NodeNotFound {
        /// The id.
        id: NodeId,
    },
    /// The node is archived, and an archived node does not change and carries nothing new.
    #[error("the node is archived")]
    NodeArchived {
        /// The node.
        id: NodeId,
    },
    /// A node comes back only below a node in use.
    #[error("the node stands below an archived one, which is restored first")]
    ParentArchived {
        /// The archived node that it stands directly below.
        id: NodeId,
    },
    /// Nobody can be assigned to these nodes: they are archived, or the workspace has none with that id.
    #[error("not all of the nodes can be assigned")]
    NodesNotAssignable {
        /// The nodes.
        ids: Vec<NodeId>,
    },
    /// Nobody is a member of the System workspace.
    #[error("the System workspace has no members")]
    SystemHasNoMembers,
    /// The user is a member here already.
    #[error("the user is a member already")]
    AlreadyMember,
    /// The workspace would be left without an active administrator.
    #[error("the last administrator can't be removed, suspended or given another role")]
    LastAdmin,
    /// No invitation has that secret.
    #[error("there is no such invitation")]
    InvitationNotFound,
    /// The invitation is past its time.
    #[error("the invitation has expired")]
    InvitationExpired,
    /// The invitation was taken or taken back.
    #[error("the invitation is {state}")]
    InvitationClosed {
        /// What became of it.
        state: InvitationState,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn place(parent: Option<&Level>) -> String {
    parent.map_or_else(|| "the workspace".to_owned(), |level| format!("`{level}`"))
}
