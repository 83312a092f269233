//! Drafts: what is prepared, and nobody sees until it is published.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use guildhall_core::{RowVersion, ValueError};
use serde::{Deserialize, Serialize};

use crate::{ArtifactKey, Author, Base, Content};

/// What publishing a draft does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DraftAct {
    /// Its content becomes what the workspace publishes.
    Publish,
    /// What the workspace publishes is taken away.
    Withdraw,
    /// The workspace publishes that the artifact is not there.
    Hide,
}

impl DraftAct {
    /// The act as the API spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Withdraw => "WITHDRAW",
            Self::Hide => "HIDE",
        }
    }
}

impl FromStr for DraftAct {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let all = [Self::Publish, Self::Withdraw, Self::Hide];
        let found = all.into_iter().find(|act| act.as_str() == text);
        found.ok_or_else(|| ValueError::new("must be PUBLISH, WITHDRAW or HIDE"))
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
