//! A review on the wire.

use chrono::{DateTime, Utc};
use guildhall_artifacts::{ArtifactName, Edit, KindName, Layer, Review};
use guildhall_core::{ArtifactVersionId, PermissionCode};
use guildhall_kernel::ReviewShown;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{AuthorView, OverrideClassView, OverrideStateView, state_and_class};

/// An override that fell behind: what it was made from, what it says, and what lies below it now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewView {
    /// What sort of thing it is.
    kind: KindName,
    /// What it is called.
    path: ArtifactName,
    /// The layer of the override.
    layer: Layer,
    /// The version that the override was made from.
    base: Option<ArtifactVersionId>,
    /// The override's version.
    ours: ArtifactVersionId,
    /// The version that lies below it now.
    theirs: ArtifactVersionId,
    /// How the override stands with it.
    override_state: OverrideStateView,
    /// What it means for the override, where it is newer.
    override_class: Option<OverrideClassView>,
    /// Every place that differs, and who changed it.
    edits: Vec<Edit>,
    /// Whether the decision was put off.
    deferred: bool,
    /// Who opened it or put it off.
    author: AuthorView,
    /// When.
    at: DateTime<Utc>,
    /// What the reader may do with it.
    permissions: Vec<PermissionCode>,
}

impl From<ReviewShown> for ReviewView {
    fn from(shown: ReviewShown) -> Self {
        let ReviewShown { review, author, permissions } = shown;
        let Review { key, layer, base, ours, theirs, state, edits, deferred, author: _, at } = review;
        let (override_state, override_class) = state_and_class(state);
        Self {
            kind: key.kind,
            path: key.name,
            layer,
            base,
            ours,
            theirs,
            override_state,
            override_class,
            edits,
            deferred,
            author: author.into(),
            at,
            permissions,
        }
    }
}
