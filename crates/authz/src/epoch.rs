//! Epochs: counters by which a cached decision knows that it is out of date.

use std::str::FromStr;

use guildhall_core::{ValueError, WorkspaceId};
use serde::{Deserialize, Serialize};

/// Which counter a change to authorization raises, in its own transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Epoch {
    /// Users, grants on the platform, meta roles.
    Platform,
    /// Products, mappings, availability.
    System,
    /// Everything of one workspace.
    Workspace,
}

impl Epoch {
    /// The epoch as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "PLATFORM",
            Self::System => "SYSTEM",
            Self::Workspace => "WORKSPACE",
        }
    }
}

impl FromStr for Epoch {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        [Self::Platform, Self::System, Self::Workspace]
            .into_iter()
            .find(|epoch| epoch.as_str() == text)
            .ok_or_else(|| ValueError::new("must be PLATFORM, SYSTEM or WORKSPACE"))
    }
}

/// Whose counter it is. The System space's is that of its workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EpochScope {
    /// The platform's.
    Platform,
    /// One workspace's.
    Workspace(WorkspaceId),
}

/// A counter, and what it stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised {
    /// Whose counter.
    pub scope: EpochScope,
    /// What it stands at.
    pub value: i64,
}

/// All three counters, as they stand in one transaction. Whatever is derived from authorization holds for exactly these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Epochs {
    /// The platform's.
    pub platform: i64,
    /// The System space's.
    pub system: i64,
    /// The workspace's that the transaction is bound to.
    pub workspace: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_reads_back_what_it_writes() {
        assert_eq!(Epoch::System.as_str().parse(), Ok(Epoch::System));
        assert!("".parse::<Epoch>().is_err());
    }
}
