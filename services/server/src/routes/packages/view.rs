//! Packages on the wire.

use chrono::{DateTime, Utc};
use guildhall_artifacts::{
    DeployableIn, Deployment, Digest, Manifest, ManifestEntry, PackageId, PackageRole, PackageVersion,
    Requirement,
};
use guildhall_core::{Name, PackageVersionId, PermissionCode, RoleCode, Text};
use guildhall_kernel::PackageShown;
use serde::Serialize;
use utoipa::ToSchema;

/// An uploaded version of a package.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackageView {
    /// The id of this version.
    pub id: PackageVersionId,
    /// The package.
    pub package: PackageId,
    /// Its version (SemVer 2.0.0).
    pub version: String,
    /// What it is told apart by.
    pub digest: Digest,
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// Where it may be deployed.
    pub deployable_in: Vec<DeployableIn>,
    /// What it requires.
    pub requires: Vec<RequirementView>,
    /// Its artifacts.
    pub artifacts: Vec<PackageArtifactView>,
    /// Roles that it describes.
    pub roles: Vec<PackageRoleView>,
    /// Codes that it describes.
    pub codes: Vec<PermissionCode>,
    /// Whether it was uploaded to the System space.
    pub system: bool,
    /// What the reader's space has deployed of the package.
    pub deployed: Option<DeploymentView>,
    /// When it was uploaded.
    pub uploaded_at: DateTime<Utc>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// Another package, in versions that will do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RequirementView {
    /// The package.
    pub id: PackageId,
    /// Its versions, such as `^1.2`.
    pub version: String,
}

/// An artifact of a package.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackageArtifactView {
    /// What sort of thing it is.
    pub kind: String,
    /// Where it stands in the package.
    pub path: String,
    /// What its file is told apart by.
    pub digest: Digest,
}

/// A role that a package describes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackageRoleView {
    /// What the package calls it.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
    /// What it holds.
    pub permissions: Vec<PermissionCode>,
}

/// What a space has deployed of a package.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeploymentView {
    /// The uploaded version's id.
    pub id: PackageVersionId,
    /// The version.
    pub version: String,
    /// What it is told apart by.
    pub digest: Digest,
    /// When it was deployed.
    pub deployed_at: DateTime<Utc>,
}

impl From<Deployment> for DeploymentView {
    fn from(deployment: Deployment) -> Self {
        let Deployment { home: _, version_id, manifest, generation: _, at } = deployment;
        Self {
            id: version_id,
            version: manifest.version.to_string(),
            digest: manifest.digest,
            deployed_at: at,
        }
    }
}

impl From<PackageShown> for PackageView {
    fn from(shown: PackageShown) -> Self {
        let PackageShown { version, deployed, permissions } = shown;
        let PackageVersion { id, home, manifest, uploaded_by: _, uploaded_at } = version;
        let Manifest {
            id: package,
            version,
            name,
            description,
            deployable_in,
            requires,
            artifacts,
            roles,
            permissions: codes,
            digest,
        } = manifest;
        Self {
            id,
            package,
            version: version.to_string(),
            digest,
            name,
            description,
            deployable_in,
            requires: requires.into_iter().map(RequirementView::from).collect(),
            artifacts: artifacts.into_iter().map(PackageArtifactView::from).collect(),
            roles: roles.into_iter().map(PackageRoleView::from).collect(),
            codes,
            system: home.is_system(),
            deployed: deployed.map(DeploymentView::from),
            uploaded_at,
            permissions,
        }
    }
}

impl From<Requirement> for RequirementView {
    fn from(requirement: Requirement) -> Self {
        let Requirement { id, version } = requirement;
        Self { id, version: version.to_string() }
    }
}

impl From<ManifestEntry> for PackageArtifactView {
    fn from(entry: ManifestEntry) -> Self {
        let ManifestEntry { kind, path, digest } = entry;
        Self { kind: kind.to_string(), path: path.to_string(), digest }
    }
}

impl From<PackageRole> for PackageRoleView {
    fn from(role: PackageRole) -> Self {
        let PackageRole { code, name, permissions } = role;
        Self { code, name, permissions }
    }
}
