//! How a product runs, and from where.

use std::str::FromStr;

use guildhall_core::{Link, ValueError};
use serde::{Deserialize, Serialize};

/// How a product runs in the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntryKind {
    /// A bundle that the shell mounts.
    Native,
    /// A page in a frame.
    Embedded,
    /// A page of its own.
    Link,
}

impl EntryKind {
    /// The kind as it is spelled on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Native => "NATIVE",
            Self::Embedded => "EMBEDDED",
            Self::Link => "LINK",
        }
    }
}

impl FromStr for EntryKind {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        [Self::Native, Self::Embedded, Self::Link]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| ValueError::new("must be NATIVE, EMBEDDED or LINK"))
    }
}

/// Where a version's code is found, by the way in which it runs. On the wire: `kind` and `entry_url`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Entry {
    /// A bundle that the shell mounts in a frame.
    Native {
        /// The bundle's script.
        #[serde(rename = "entry_url")]
        bundle_url: Link,
    },
    /// A page that the shell shows in a frame.
    Embedded {
        /// The page.
        entry_url: Link,
    },
    /// A page that opens by itself.
    Link {
        /// The page.
        entry_url: Link,
    },
}

impl Entry {
    /// An entry from its two fields on the wire.
    pub fn new(kind: EntryKind, url: Link) -> Self {
        match kind {
            EntryKind::Native => Self::Native { bundle_url: url },
            EntryKind::Embedded => Self::Embedded { entry_url: url },
            EntryKind::Link => Self::Link { entry_url: url },
        }
    }

    /// How it runs.
    pub fn kind(&self) -> EntryKind {
        match self {
            Self::Native { .. } => EntryKind::Native,
            Self::Embedded { .. } => EntryKind::Embedded,
            Self::Link { .. } => EntryKind::Link,
        }
    }

    /// The URL of the bundle or the page.
    pub fn url(&self) -> &Link {
        match self {
            Self::Native { bundle_url } => bundle_url,
            Self::Embedded { entry_url } | Self::Link { entry_url } => entry_url,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_url_on_the_wire() {
        let url: Link = "https://app.example.test/main.js".parse().unwrap();

        for kind in [EntryKind::Native, EntryKind::Embedded, EntryKind::Link] {
            let entry = Entry::new(kind, url.clone());
            let wire = serde_json::to_value(&entry).unwrap();

            assert_eq!(entry.kind(), kind.as_str().parse().unwrap());
            assert_eq!(wire["kind"], kind.as_str());
            assert_eq!(wire["entry_url"], url.as_str());
        }
    }
}
