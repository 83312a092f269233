//! What the use cases of this domain are asked.

use guildhall_core::RowVersion;
use serde_json::Value;

use crate::{ArtifactKey, Decision, DraftAct, Pattern};

/// What of a thing somebody has seen before he changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// He does not say.
    Nothing,
    /// Whatever is there will do.
    Anything,
    /// This version.
    Version(RowVersion),
}

/// A content for an artifact.
#[derive(Debug, Clone, PartialEq)]
pub struct WriteArtifact {
    /// Which artifact.
    pub key: ArtifactKey,
    /// What it is to say.
    pub content: Value,
    /// What no override may change, where this is written in System; `None` keeps what was locked before.
    pub locked: Option<Vec<Pattern>>,
    /// What the writer has seen.
    pub seen: Seen,
    /// Whether secrets come with it, so that it counts as changed though the content is what it was.
    pub secrets: bool,
}

/// An artifact, as its changer has seen it.
#[derive(Debug, Clone, PartialEq)]
pub struct TouchArtifact {
    /// Which artifact.
    pub key: ArtifactKey,
    /// What he has seen.
    pub seen: Seen,
}

/// A draft.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveDraft {
    /// What it is a draft of.
    pub key: ArtifactKey,
    /// What publishing it is to do.
    pub act: DraftAct,
    /// What it is to say, for [`DraftAct::Publish`] alone.
    pub content: Option<Value>,
    /// What of the draft the writer has seen.
    pub seen: Seen,
}

/// What is to become of an override that fell behind.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolve {
    /// It stays as it is, and is compared with what lies below it now from here on.
    Retain,
    /// What came below is merged into it; each conflict is decided.
    Merge(Vec<Decision>),
    /// It is taken away.
    Revert,
    /// Nothing yet.
    Defer,
}
