//! What a raise of an epoch was about, as the log of changes keeps it.

use std::{convert::Infallible, fmt, str::FromStr};

use guildhall_core::{GroupId, NodeId, ProjectId, ServiceAccountId, UserId};
use uuid::Uuid;

use crate::Holder;

/// A thing whose part in authorization changed. Whoever keeps something compiled reads it anew, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// What somebody holds himself: memberships of the workspace, of groups and of projects, and grants.
    Holder(Holder),
    /// A node's place in the tree.
    Node(NodeId),
    /// A project's place in the tree, and the products that its workflow uses. What its members have by it are changes of theirs.
    Project(ProjectId),
    /// Anything at all.
    Everything,
}

impl Change {
    /// More than so many things that changed at once are told as [`Self::Everything`].
    pub const MOST: usize = 64;

    /// Changes as one text, as a log keeps them.
    pub fn spell(changes: &[Self]) -> String {
        if changes.is_empty() || changes.len() > Self::MOST {
            return Self::Everything.to_string();
        }
        changes.iter().map(Self::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The changes that a text of the log tells of.
    pub fn read(text: &str) -> Vec<Self> {
        let read = |word: &str| word.parse().unwrap_or_else(|never: Infallible| match never {});
        if text.trim().is_empty() {
            return vec![Self::Everything];
        }
        text.split_whitespace().map(read).collect()
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holder(Holder::User(id)) => write!(f, "user:{id}"),
            Self::Holder(Holder::ServiceAccount(id)) => write!(f, "service_account:{id}"),
            Self::Holder(Holder::Group(id)) => write!(f, "group:{id}"),
            Self::Node(id) => write!(f, "node:{id}"),
            Self::Project(id) => write!(f, "project:{id}"),
            Self::Everything => f.write_str("everything"),
        }
    }
}

/// What is not understood may be anything: a word of an older version, or of a newer one on another node.
impl FromStr for Change {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let Some((kind, id)) = text.split_once(':') else { return Ok(Self::Everything) };
        let Ok(id) = id.parse::<Uuid>() else { return Ok(Self::Everything) };
        Ok(match kind {
            "user" => UserId::new(id).into(),
            "service_account" => Self::Holder(Holder::ServiceAccount(ServiceAccountId::new(id))),
            "group" => GroupId::new(id).into(),
            "node" => Self::Node(NodeId::new(id)),
            "project" => Self::Project(ProjectId::new(id)),
            _ => Self::Everything,
        })
    }
}

impl From<UserId> for Change {
    fn from(user: UserId) -> Self {
        Self::Holder(Holder::User(user))
    }
}

impl From<GroupId> for Change {
    fn from(group: GroupId) -> Self {
        Self::Holder(Holder::Group(group))
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::{IdGenerator as _, testing::SequentialIds};

    use super::*;

    #[test]
    fn changes_read_back_what_they_write() {
        let id = SequentialIds::default().uuid();
        let changes = [
            Change::from(UserId::new(id)),
            Change::Holder(Holder::ServiceAccount(ServiceAccountId::new(id))),
            Change::from(GroupId::new(id)),
            Change::Node(NodeId::new(id)),
            Change::Project(ProjectId::new(id)),
            Change::Everything,
        ];

        assert_eq!(Change::read(&Change::spell(&changes)), changes);
    }

    #[test]
    fn what_is_not_understood_is_everything() {
        for text in ["", " ", "member", "user:", "user:x", "planet:00000000-0000-7000-8000-000000000001"] {
            assert_eq!(Change::read(text), [Change::Everything], "`{text}`");
        }
    }

    #[test]
    fn a_word_that_is_not_understood_spoils_no_other() {
        let user = UserId::new(SequentialIds::default().uuid());

        let read = Change::read(&format!("user:{user} planet:7"));

        assert_eq!(read, [Change::from(user), Change::Everything]);
    }

    #[test]
    fn no_change_and_too_many_are_told_as_everything() {
        let user = Change::from(UserId::new(SequentialIds::default().uuid()));

        assert_eq!(Change::spell(&[]), "everything");
        assert_eq!(Change::spell(&vec![user; Change::MOST + 1]), "everything");
        assert_ne!(Change::spell(&vec![user; Change::MOST]), "everything");
    }
}
