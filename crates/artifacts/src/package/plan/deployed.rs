//! What lies in a space, and how a package differs from it.

use std::collections::BTreeMap;

use semver::Version;

use crate::{ArtifactKey, ContentHash, Digest, Package, PackageId, Pattern};

/// A package as it lies in a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployed {
    /// The package.
    pub id: PackageId,
    /// Which version of it.
    pub version: Version,
    /// That version's digest.
    pub digest: Digest,
    /// What it brought.
    pub artifacts: BTreeMap<ArtifactKey, DeployedArtifact>,
}

/// An artifact of a package as it lies in a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployedArtifact {
    /// The hash of its content.
    pub hash: ContentHash,
    /// What no override may change in it.
    pub locked: Vec<Pattern>,
}

impl Deployed {
    /// What lies in a space once a package has been deployed there.
    pub fn of(package: &Package) -> Self {
        let artifacts = package.artifacts.iter().map(|artifact| {
            let lies = DeployedArtifact { hash: artifact.content.hash(), locked: artifact.locked.clone() };
            (artifact.key.clone(), lies)
        });
        Self {
            id: package.manifest.id.clone(),
            version: package.manifest.version.clone(),
            digest: package.manifest.digest,
            artifacts: artifacts.collect(),
        }
    }
}

/// How what will lie somewhere differs from what lies there.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    pub(super) added: Vec<ArtifactKey>,
    pub(super) changed: Vec<ArtifactKey>,
    pub(super) removed: Vec<ArtifactKey>,
    pub(super) unchanged: usize,
}

impl Comparison {
    pub(super) fn of(now: Option<&Deployed>, next: &Deployed) -> Self {
        let mut comparison = Self::default();
        for (key, lies) in &next.artifacts {
            match now.and_then(|now| now.artifacts.get(key)) {
                None => comparison.added.push(key.clone()),
                Some(before) if before != lies => comparison.changed.push(key.clone()),
                Some(_) => comparison.unchanged += 1,
            }
        }
        let before = now.into_iter().flat_map(|now| now.artifacts.keys());
        comparison.removed = before.filter(|key| !next.artifacts.contains_key(key)).cloned().collect();
        comparison
    }
}
