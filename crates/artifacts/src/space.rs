//! A space as resolution sees it: its generations and its packages.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::WorkspaceId;
use serde::{Deserialize, Serialize};

use crate::{PackageId, resolve::sees};

/// How often the artifacts of the two spaces that a workspace sees have changed. What follows from both at one pair of
/// numbers holds as long as neither has moved on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Generations {
    /// Of the workspace.
    pub own: i64,
    /// Of the System space.
    pub system: i64,
}

/// What a workspace knows about itself before it looks at any artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// The workspace, or System.
    pub id: WorkspaceId,
    /// How often its artifacts have changed, and System's.
    pub generations: Generations,
    /// The packages that are deployed here.
    pub deployed: BTreeSet<PackageId>,
    /// The packages that System has deployed, each with whether this workspace is entitled to it.
    pub offered: BTreeMap<PackageId, bool>,
}

impl Space {
    /// Whether System's artifacts of a package are there for this space.
    pub fn sees(&self, package: &PackageId) -> bool {
        let entitled = self.offered.get(package).copied().unwrap_or(false);
        sees(self.id, self.deployed.contains(package), entitled)
    }
}
