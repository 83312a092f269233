//! Which nodes a caller sees, and how much of them.

use std::collections::BTreeSet;

use guildhall_authz::{AccountSet, Permission};
use guildhall_core::{AccountId, NodeId, Principal};

use crate::{code, work::Work};

/// How much of a node its reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// All of it: he is assigned to it or to one above.
    Whole,
    /// What it is and how it is called: it stands above one that he sees.
    Outline,
}

/// The nodes that one caller sees. Trees, look-ups and lists of members all ask this.
pub(crate) struct Seen {
    whole: AccountSet,
    above: BTreeSet<AccountId>,
}

impl Seen {
    pub(crate) fn of(&self, node: NodeId) -> Option<Sight> {
        if self.whole.contains(&node.account()) {
            Some(Sight::Whole)
        } else {
            self.above.contains(&node.account()).then_some(Sight::Outline)
        }
    }
}

impl Work<'_> {
    /// The nodes that somebody sees.
    pub(crate) fn nodes_seen_by(&self, who: Principal) -> Seen {
        let snapshot = &self.view().snapshot;
        let whole = snapshot.accounts_where(who, &Permission::platform(code::NODE_READ), self.now());
        Seen { above: whole.above(), whole }
    }

    /// The node, where the caller knows of it; else nothing, as if there were none.
    pub(crate) fn known_node(&self, node: Option<NodeId>) -> Option<NodeId> {
        node.filter(|node| self.sight_for(self.principal(), *node).is_some())
    }

    /// How much of the node somebody sees; `None` where he may not know of it.
    pub(crate) fn sight_for(&self, who: Principal, node: NodeId) -> Option<Sight> {
        if self.allows(who, &code::NODE_READ, node.account()) {
            return Some(Sight::Whole);
        }
        self.nodes_seen_by(who).of(node)
    }
}
