#![doc = include_str!("../README.md")]

mod content;
mod key;
mod kind;
mod package;
mod pattern;

pub use content::{Content, ContentHash, MAX_CONTENT_BYTES, MAX_CONTENT_DEPTH, Secrets};
pub use key::{ArtifactKey, ArtifactName, ArtifactPath, KindName, PackageId};
pub use kind::{DeployableIn, Kind, Kinds, OverrideRule};
pub use package::{
    Digest, MAX_ARCHIVE_BYTES, MAX_PACKAGE_ARTIFACTS, MAX_PACKAGE_FAULTS, MAX_UNPACKED_BYTES, Manifest,
    ManifestEntry, Package, PackageArtifact, PackageRole, Packed, Requirement, pack, unpack,
};
pub use pattern::Pattern;
