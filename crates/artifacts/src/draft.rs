//! Drafts: what is prepared, and nobody sees until it is published.

use chrono::{DateTime, Utc};
use guildhall_core::{RowVersion, enumeration};
use serde::Serialize;

use crate::{ArtifactKey, Author, Base, Content};

enumeration! {
    /// What publishing a draft does.
    DraftAct {
        /// Its content becomes what the workspace publishes.
        Publish = "PUBLISH",
        /// What the workspace publishes is taken away.
        Withdraw = "WITHDRAW",
        /// The workspace publishes that the artifact is not there.
        Hide = "HIDE",
    }
}

/// A change of what a workspace publishes, not yet made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Draft {
    /// What it is a draft of.
    pub key: ArtifactKey,
    /// What publishing it does.
    pub act: DraftAct,
    /// The content to be published; for [`DraftAct::Publish`] alone.
    pub content: Option<Content>,
    /// What it was made from: what lay below the customization when it was first saved.
    pub base: Option<Base>,
    /// The generation of the published layer at the key when it was first saved; 0 where nothing had been published.
    pub published_at: i64,
    /// The draft's own version: the generation of the space in which it was saved, so that no later draft at the key has it.
    pub version: RowVersion,
    /// Who saved it last.
    pub author: Author,
    /// When.
    pub at: DateTime<Utc>,
}
