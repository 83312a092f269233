//! What packages ask of a store.

use async_trait::async_trait;
use guildhall_core::{PackageVersionId, Page, PageRequest, StoreError, WorkspaceId};

use crate::{Delegation, Deployment, PackageId, PackageOffer, PackageVersion};

/// Uploaded packages of this space and System's.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait PackageRepository: Send + Sync {
    /// One of them.
    async fn find(&self, id: PackageVersionId) -> Result<Option<PackageVersion>, StoreError>;
    /// The one that was uploaded to this space as this version.
    async fn find_version(
        &self,
        package: &PackageId,
        version: &semver::Version,
    ) -> Result<Option<PackageVersion>, StoreError>;
    /// All versions of a package.
    async fn list_by_package(&self, package: &PackageId) -> Result<Vec<PackageVersion>, StoreError>;
    /// Its archive, byte for byte.
    async fn find_archive(&self, id: PackageVersionId) -> Result<Option<Vec<u8>>, StoreError>;
    /// A page of them, in the order in which they were uploaded.
    async fn list(&self, page: &PageRequest) -> Result<Page<PackageVersion>, StoreError>;
    /// Adds one to this space.
    async fn insert(&self, version: &PackageVersion, archive: &[u8]) -> Result<(), StoreError>;
}

/// What is deployed.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait DeploymentRepository: Send + Sync {
    /// What this space and System have deployed, each with whether it is System's.
    async fn list(&self) -> Result<Vec<(WorkspaceId, Deployment)>, StoreError>;
    /// The workspaces that have deployed a package that requires exactly this one, platform-wide.
    async fn list_requiring(&self, package: &PackageId) -> Result<Vec<WorkspaceId>, StoreError>;
    /// Notes that this space has deployed a package, in place of an earlier version.
    async fn replace(&self, deployment: &Deployment) -> Result<(), StoreError>;
    /// Notes that this space no longer has a package.
    async fn delete(&self, package: &PackageId) -> Result<(), StoreError>;
}

/// Which workspaces System offers what to, and which packages it lets them deploy.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait PackageOfferRepository: Send + Sync {
    /// To whom a package is offered. A workspace sees of a list whether it is on it, and no more.
    async fn find(&self, package: &PackageId) -> Result<PackageOffer, StoreError>;
    /// Says to whom a package is offered.
    async fn replace(&self, package: &PackageId, offer: &PackageOffer) -> Result<(), StoreError>;
    /// What a workspace may deploy by itself. Any but its own only System reads.
    async fn find_delegation(&self, workspace: WorkspaceId) -> Result<Delegation, StoreError>;
    /// Says what a workspace may deploy by itself.
    async fn replace_delegation(
        &self,
        workspace: WorkspaceId,
        delegation: &Delegation,
    ) -> Result<(), StoreError>;
}
