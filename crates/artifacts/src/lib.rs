#![doc = include_str!("../README.md")]

mod content;
mod key;
mod kind;
mod package;
mod pattern;

pub use content::{Content, ContentHash, MAX_CONTENT_BYTES, MAX_CONTENT_DEPTH, Secrets};
pub use key::{ArtifactKey, ArtifactName, ArtifactPath, KindName, PackageId};
pub use kind::{DeployableIn, Kind, Kinds, OverrideRule};
pub use package::{Digest, Manifest, ManifestEntry, Package, PackageArtifact, PackageRole, Requirement};
pub use pattern::Pattern;
