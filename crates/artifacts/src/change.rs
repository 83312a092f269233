//! The history of an artifact: what was done to it in one space, by whom.

use chrono::{DateTime, Utc};
use guildhall_core::{ArtifactVersionId, enumeration};
use serde::Serialize;

use crate::{ArtifactKey, Author, Layer};

enumeration! {
    /// What was done to an artifact.
    Act {
        /// A version was written by hand.
        Written = "WRITTEN",
        /// What was written by hand is taken away, so that what lies below comes up.
        Reverted = "REVERTED",
        /// An override that was taken away is back.
        Reapplied = "REAPPLIED",
        /// It is hidden.
        Hidden = "HIDDEN",
        /// It is no longer hidden.
        Restored = "RESTORED",
        /// It is gone; nothing lay below.
        Removed = "REMOVED",
        /// A version was published.
        Published = "PUBLISHED",
        /// What was published is taken away.
        Withdrawn = "WITHDRAWN",
        /// A package brought a version.
        Deployed = "DEPLOYED",
        /// A package took it away.
        Undeployed = "UNDEPLOYED",
        /// What lies below was looked at, and the override kept as it is.
        Retained = "RETAINED",
        /// What lies below was merged into the override.
        Merged = "MERGED",
        /// The decision about what lies below was put off.
        Deferred = "DEFERRED",
        /// An override was put away for the sake of security.
        Archived = "ARCHIVED",
    }
}

/// One thing that was done to an artifact in one space.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArtifactChange {
    /// The artifact.
    pub key: ArtifactKey,
    /// The generation of the space that this made.
    pub generation: i64,
    /// The layer in which it was done.
    pub layer: Layer,
    /// What was done.
    pub act: Act,
    /// The version that the layer and those below it answered before.
    pub before: Option<ArtifactVersionId>,
    /// The version that they answer since.
    pub after: Option<ArtifactVersionId>,
    /// Who did it.
    pub author: Author,
    /// When.
    pub at: DateTime<Utc>,
}
