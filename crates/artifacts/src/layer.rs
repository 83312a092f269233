//! Layers: which of several versions of one artifact wins.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use guildhall_core::{ArtifactVersionId, ValueError, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::{ContentHash, Origin};

/// Where a version stands, lowest first: of two layers, the higher one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Layer {
    /// In the System space, for every workspace.
    System,
    /// In a workspace, from a package that is deployed there.
    Package,
    /// In a workspace, published from drafts.
    Published,
    /// In a workspace, by hand.
    Customization,
}

impl Layer {
    /// All of them, lowest first.
    pub const ALL: [Self; 4] = [Self::System, Self::Package, Self::Published, Self::Customization];

    /// The layer as the API spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "SYSTEM",
            Self::Package => "PACKAGE",
            Self::Published => "PUBLISHED",
            Self::Customization => "CUSTOMIZATION",
        }
    }

    /// Whether what stands here may stand over something else, so that it can fall behind it.
    pub const fn overrides(self) -> bool {
        matches!(self, Self::Published | Self::Customization)
    }

    /// The layer of a space that holds what is written by hand.
    pub fn by_hand(space: WorkspaceId) -> Self {
        if space.is_system() { Self::System } else { Self::Customization }
    }
}

impl FromStr for Layer {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let found = Self::ALL.into_iter().find(|layer| layer.as_str() == text);
        found.ok_or_else(|| ValueError::new("must be SYSTEM, PACKAGE, PUBLISHED or CUSTOMIZATION"))
    }
}

/// What stands at one key in one layer of one space: its live pointer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Placed {
    /// The layer.
    pub layer: Layer,
    /// The generation of the space in which this came to stand here. It never comes back.
    pub generation: i64,
    /// What stands here.
    pub what: What,
}

/// What a live pointer names.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum What {
    /// A version.
    Live(Head),
    /// A tombstone: for this space the artifact is not there, whatever lies below.
    Hidden {
        /// What the tombstone covers in its own layer.
        covers: Option<Head>,
    },
    /// Nothing any more.
    Gone {
        /// What stood here last.
        last: Option<Head>,
    },
}

impl What {
    /// The version that stands here, or stood here last.
    pub fn head(&self) -> Option<&Head> {
        match self {
            Self::Live(head) => Some(head),
            Self::Hidden { covers: head } | Self::Gone { last: head } => head.as_ref(),
        }
    }
}

/// A version without its content.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Head {
    /// The version's id.
    pub id: ArtifactVersionId,
    /// Its number: the generation of its space in which it was written.
    pub number: i64,
    /// The hash of its content.
    pub hash: ContentHash,
    /// What it is called in lists.
    pub title: String,
    /// Whether it may be used.
    pub enabled: bool,
    /// What it was made from; `None` where there was nothing.
    pub base: Option<Base>,
    /// How it came to be.
    pub origin: Origin,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// The version that an override was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Base {
    /// The space that has it: this one or System.
    pub space: WorkspaceId,
    /// The version.
    pub id: ArtifactVersionId,
    /// The hash of its content.
    pub hash: ContentHash,
}
