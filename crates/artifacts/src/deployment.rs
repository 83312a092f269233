//! Packages as a platform has them: uploaded, deployed, offered and delegated.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use guildhall_core::{PackageVersionId, WorkspaceId};
use serde::Serialize;
use uuid::Uuid;

use crate::{Manifest, PackageId, PackageUse, PlannedOverride, Requirement};

/// A version of a package that was uploaded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PackageVersion {
    /// Its id.
    pub id: PackageVersionId,
    /// The space that it was uploaded to.
    pub home: WorkspaceId,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Who uploaded it.
    pub uploaded_by: Uuid,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

/// A package that a space has deployed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deployment {
    /// The space that the uploaded version lives in: this one or System.
    pub home: WorkspaceId,
    /// The uploaded version.
    pub version_id: PackageVersionId,
    /// What it says of itself.
    pub manifest: Manifest,
    /// The generation of the space that deploying it made.
    pub generation: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// What other spaces have that lies on a package of System's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Elsewhere {
    /// Their overrides of its artifacts.
    pub overrides: Vec<PlannedOverride>,
    /// What packages require that they have deployed, and that find System's version of it.
    pub requirements: Vec<(PackageId, Vec<Requirement>)>,
    /// What else uses its artifacts, here or there.
    pub uses: Vec<PackageUse>,
}

/// Which workspaces are entitled to what System has deployed of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "offer", content = "workspace_ids", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PackageOffer {
    /// All of them, as long as nothing else is said.
    All,
    /// These.
    List(BTreeSet<WorkspaceId>),
    /// None.
    None,
}

/// Which packages the admins of a workspace may upload and deploy there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "delegated", content = "packages", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Delegation {
    /// All of them.
    Full,
    /// These; none, as long as nothing else is said.
    List(BTreeSet<PackageId>),
}

impl Delegation {
    /// Whether a package is among them.
    pub fn covers(&self, package: &PackageId) -> bool {
        match self {
            Self::Full => true,
            Self::List(packages) => packages.contains(package),
        }
    }
}
