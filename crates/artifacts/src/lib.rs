#![doc = include_str!("../README.md")]

mod content;
mod diff;
mod enumeration;
mod key;
mod kind;
mod package;
mod pattern;

pub use content::{Content, ContentHash, MAX_CONTENT_BYTES, MAX_CONTENT_DEPTH, Secrets};
pub use diff::{
    Decision, Edit, EditPart, FieldChange, MergeKeys, Side, Take, ThreeWay, changes, check_merge_keys,
    three_way,
};
pub use key::{ArtifactKey, ArtifactName, ArtifactPath, KindName, PackageId};
pub use kind::{DeployableIn, Kind, Kinds, OverrideRule};
pub use package::{
    Digest, MAX_ARCHIVE_BYTES, MAX_PACKAGE_ARTIFACTS, MAX_PACKAGE_FAULTS, MAX_UNPACKED_BYTES, Manifest,
    ManifestEntry, Package, PackageArtifact, PackageRole, Packed, Requirement, pack, unpack,
};
pub use pattern::Pattern;
