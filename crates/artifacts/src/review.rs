//! Reviews: what came to lie below an override, compared with it.

use chrono::{DateTime, Utc};
use guildhall_core::ArtifactVersionId;
use serde::Serialize;

use crate::{ArtifactKey, Author, Edit, Layer, OverrideState};

/// A three-way diff of an override that fell behind: what it was made from, what it says, and what lies below it now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// The artifact.
    pub key: ArtifactKey,
    /// The layer of the override.
    pub layer: Layer,
    /// What the override was made from.
    pub base: Option<ArtifactVersionId>,
    /// The override.
    pub ours: ArtifactVersionId,
    /// What lies below it.
    pub theirs: ArtifactVersionId,
    /// How it stands with the override.
    pub state: OverrideState,
    /// Every place that differs.
    pub edits: Vec<Edit>,
    /// Whether the decision was put off.
    pub deferred: bool,
    /// Who opened or deferred it.
    pub author: Author,
    /// When.
    pub at: DateTime<Utc>,
}
