//! Packages: artifacts that are shipped together, as one archive with a manifest.

mod archive;
mod base;
mod digest;
mod draft;
mod faults;
mod form;
mod json;
mod manifest;
mod names;
mod pack;
mod plan;
mod reading;
mod requirements;
#[cfg(test)]
mod tests;

pub use archive::{MAX_ARCHIVE_BYTES, MAX_PACKAGE_ARTIFACTS, MAX_UNPACKED_BYTES};
pub use base::base_package;
pub use digest::Digest;
pub(crate) use faults::Faults;
pub use faults::MAX_PACKAGE_FAULTS;
pub use manifest::{Manifest, ManifestEntry, PackageRole, Requirement};
pub use pack::{Packed, pack, unpack};
pub use plan::{
    Deployed, DeployedArtifact, InterfaceBreak, PackageRefusal, PackageUse, Plan, PlannedOverride,
    Surroundings, UndeployMode, UndeployPlan, check_digest, plan, plan_undeploy,
};
pub use requirements::{Dependent, Unmet, broken_by, find_cycle, required_by, unmet};

use serde::Serialize;

use crate::{ArtifactKey, Content, Pattern};

/// One artifact of a package.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PackageArtifact {
    /// What it is known by; its name has the package's id.
    pub key: ArtifactKey,
    /// What it says.
    pub content: Content,
    /// What no override may change in it, besides what its kind locks.
    pub locked: Vec<Pattern>,
}

/// A package that was read whole and found to be right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Package {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its artifacts, by key.
    pub artifacts: Vec<PackageArtifact>,
}
