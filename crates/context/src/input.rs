//! The facts of a launch, as whoever reads them from a store hands them over.

use std::{collections::BTreeSet, fmt};

use guildhall_core::{
    AccountId, ItemId, Level, Name, PermissionCode, PhaseId, ProductId, ProductVersionId, ProjectId,
    WorkspaceId,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{NavigationTree, Theme, UserDetails};

/// All that a context object is built from. Whether the user may launch is decided before.
#[derive(Debug, Clone, PartialEq)]
pub struct ContextInput {
    /// The workspace that the launch happens in.
    pub workspace: WorkspaceFacts,
    /// The nodes from the first level down to the one launched on; empty where that is the workspace itself. In a
    /// project it is the path of the project's node.
    pub path: Vec<PathNode>,
    /// The project launched from, if any.
    pub project: Option<ProjectFacts>,
    /// The product version that is launched.
    pub version: VersionFacts,
    /// The user who launches.
    pub user: UserDetails,
    /// The user's codes of this product on the organisation account.
    pub permissions: BTreeSet<PermissionCode>,
    /// The workspace's theme, or [`Theme::default`] where it has none.
    pub theme: Theme,
    /// The entries of the shell's menu; may be empty.
    pub navigation: NavigationTree,
}

/// The workspace of a launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceFacts {
    /// Its id, on which products key their own tenancy.
    pub id: WorkspaceId,
    /// Its account, which is not its id.
    pub az_id: AccountId,
    /// The account of its organisation, below which nodes and projects hang.
    pub organisation_az_id: AccountId,
    /// Its name.
    pub name: Name,
}

/// One node on the way from the first level to the node launched on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathNode {
    /// Its account, which has the node's id.
    pub az_id: AccountId,
    /// Its level.
    pub level: Level,
    /// Its name.
    pub name: Name,
    /// Its id in the agency's master data, if it has one.
    pub md_id: Option<Name>,
    /// What it is filed under; may be empty.
    pub categories: Vec<Name>,
}

/// The project of a launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectFacts {
    /// Its id.
    pub id: ProjectId,
    /// Its account.
    pub az_id: AccountId,
    /// Its name.
    pub name: Name,
    /// The item launched from; `None` where the product is launched from the project as a whole.
    pub item: Option<LaunchedItem>,
}

/// The item of a launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaunchedItem {
    /// Its id.
    pub id: ItemId,
    /// What it is.
    pub kind: ItemKind,
    /// Its name.
    pub name: Name,
    /// The phase that it stands in.
    pub phase_id: PhaseId,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ItemKind {
    /// A piece of work that an application is attached to.
    Activity,
    /// A product version and its configuration.
    Application,
}

/// The product version of a launch.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionFacts {
    /// The product's id.
    pub product_id: ProductId,
    /// The product's name.
    pub product_name: Name,
    /// The version's id.
    pub version_id: ProductVersionId,
    /// The version's name.
    pub version_name: Name,
    /// The last part of the version's route in the shell, fit for a URL path as it stands.
    pub slug: String,
    /// What a launch has to bring.
    pub required_context: Vec<Required>,
    /// The configuration, with all that overrides it already applied.
    pub config: Map<String, Value>,
}

/// One thing that a product version requires of a launch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Required {
    /// A node of this level on the path.
    Level(Level),
    /// A project.
    Project,
}

impl From<Level> for Required {
    fn from(level: Level) -> Self {
        Self::Level(level)
    }
}

/// As a version's required context spells it: `CLIENT`, `MARKET`, `BRAND`, the custom level's name or `PROJECT`.
impl fmt::Display for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level(level) => level.fmt(f),
            Self::Project => f.write_str("PROJECT"),
        }
    }
}
