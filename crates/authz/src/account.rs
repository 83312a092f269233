//! Accounts: the tree that grants hold on.

use std::str::FromStr;

use guildhall_core::{AccountId, ValueError};
use serde::{Deserialize, Serialize};

/// A point in the authorization tree. What is granted here holds here and below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The account's id.
    pub id: AccountId,
    /// The account that it hangs under; `None` for the root.
    pub parent: Option<AccountId>,
    /// What it is the account of.
    pub kind: AccountKind,
}

/// What an account is the account of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AccountKind {
    /// The whole platform: the root.
    Platform,
    /// One workspace.
    Workspace,
    /// A workspace's hierarchy as a whole.
    Organisation,
    /// One node of a hierarchy.
    Node,
    /// One project. Auto roles hold on such accounts alone.
    Project,
}

impl AccountKind {
    /// The kind as it is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "PLATFORM",
            Self::Workspace => "WORKSPACE",
            Self::Organisation => "ORGANISATION",
            Self::Node => "NODE",
            Self::Project => "PROJECT",
        }
    }
}

impl FromStr for AccountKind {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        [Self::Platform, Self::Workspace, Self::Organisation, Self::Node, Self::Project]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| ValueError::new("must be PLATFORM, WORKSPACE, ORGANISATION, NODE or PROJECT"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_reads_back_what_it_writes() {
        assert_eq!(AccountKind::Organisation.as_str().parse(), Ok(AccountKind::Organisation));
        assert!("organisation".parse::<AccountKind>().is_err());
    }
}
