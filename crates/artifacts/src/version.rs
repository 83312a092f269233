//! Versions: what was written, by whom, and from what.

use chrono::{DateTime, Utc};
use guildhall_core::{ArtifactVersionId, PackageVersionId, WorkspaceId, enumeration};
use serde::Serialize;
use uuid::Uuid;

use crate::{ArtifactKey, Base, Content, Head, Pattern};

enumeration! {
    /// How a version came to be.
    Origin {
        /// Written by hand.
        Customize = "CUSTOMIZE",
        /// Published from a draft.
        Publish = "PUBLISH",
        /// Brought by a package.
        Package = "PACKAGE",
        /// Made of an override and what came to lie below it.
        Merge = "MERGE",
        /// Brought back.
        Restore = "RESTORE",
        /// Copied from what is no artifact, so that an override has something to be compared with.
        Base = "BASE",
    }
}

/// Who wrote something, and by which way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Author {
    /// `user` or `service_account`.
    pub kind: String,
    /// The user's or service account's id.
    pub id: Uuid,
    /// How he had proved who he is, as events spell it.
    pub way_in: String,
    /// The workspace in which he asked; `None` on the base domain.
    pub workspace: Option<WorkspaceId>,
}

/// One version of an artifact. It never changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArtifactVersion {
    /// Its id.
    pub id: ArtifactVersionId,
    /// What it is a version of.
    pub key: ArtifactKey,
    /// The generation of its space in which it was written: larger than that of any earlier version.
    pub number: i64,
    /// What it says.
    pub content: Content,
    /// Places that no override of it may change, besides those that its kind locks. The empty pointer locks all of it.
    pub locked: Vec<Pattern>,
    /// The number of the schema that it was checked against.
    pub schema_version: u32,
    /// What it is called in lists.
    pub title: String,
    /// What it was made from.
    pub base: Option<Base>,
    /// How it came to be.
    pub origin: Origin,
    /// The uploaded package that brought it.
    pub package_version: Option<PackageVersionId>,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub at: DateTime<Utc>,
}

impl ArtifactVersion {
    /// The version without its content.
    pub fn head(&self) -> Head {
        Head {
            id: self.id,
            number: self.number,
            hash: self.content.hash(),
            title: self.title.clone(),
            enabled: self.content.is_enabled(),
            base: self.base,
            origin: self.origin,
            at: self.at,
        }
    }
}
