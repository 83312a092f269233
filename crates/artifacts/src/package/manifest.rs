//! What a package says of itself.

use guildhall_core::{Name, PermissionCode, RoleCode, Text};
use semver::{Version, VersionReq};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Digest;
use crate::{ArtifactPath, DeployableIn, KindName, PackageId};

/// What a package says of itself: the file `manifest.json` of its archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// What it is called for ever; the namespace of its artifacts.
    pub id: PackageId,
    /// Which version this is (SemVer 2.0.0), without build metadata: one version has one content.
    pub version: Version,
    /// What people call it.
    pub name: Name,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it may be deployed; not empty.
    pub deployable_in: Vec<DeployableIn>,
    /// Packages without which it is of no use.
    #[serde(default)]
    pub requires: Vec<Requirement>,
    /// Its artifacts, and what their files are told apart by.
    #[serde(default)]
    pub artifacts: Vec<ManifestEntry>,
    /// Roles that it brings.
    #[serde(default)]
    pub roles: Vec<PackageRole>,
    /// Codes that it brings.
    #[serde(default)]
    pub permissions: Vec<PermissionCode>,
    /// The digest of all of this but itself, and so, by the digests of the files, of the whole package.
    pub digest: Digest,
}

/// Another package, in versions that will do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The package.
    pub id: PackageId,
    /// Its versions: `^1.2`, `>=1.2, <3`, `*`. A version before a release is only meant where it is named.
    pub version: VersionReq,
}

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestEntry {
    /// The artifact's kind.
    pub kind: KindName,
    /// Where it stands in the package.
    pub path: ArtifactPath,
    /// The digest of the file's bytes.
    pub digest: Digest,
}

/// A role that a package brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageRole {
    /// What the package calls it.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
    /// What it holds: codes of the same package.
    pub permissions: Vec<PermissionCode>,
}

impl Manifest {
    /// The canonical text: what `manifest.json` holds in an archive, and what a store keeps.
    pub fn text(&self) -> String {
        self.document().to_string()
    }

    /// What the manifest's digest has to be: that of the canonical text without the field `digest`.
    pub fn computed_digest(&self) -> Digest {
        let mut document = self.document();
        if let Some(fields) = document.as_object_mut() {
            fields.remove("digest");
        }
        Digest::of(document.to_string().as_bytes())
    }

    /// Keys in the order of their bytes.
    fn document(&self) -> Value {
        // Every field is text, a list or an object with text for keys: that always has a form in JSON.
        serde_json::to_value(self).unwrap_or_default()
    }
}
