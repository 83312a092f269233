//! Packages: uploaded, planned, deployed, taken away, offered, delegated.

mod deploy;
mod elsewhere;
mod entitle;
mod operator;
mod plan;
mod security;
mod show;
mod undeploy;
mod upload;

use std::sync::Arc;

use guildhall_artifacts::{ArtifactsError, DeployableIn, Package, PackageId, PackageVersion, unpack};
use guildhall_core::{PackageVersionId, Scope, WorkspaceId};

pub use deploy::{DeployPackage, PackageDeployed};
pub use entitle::OfferShown;
pub use operator::OperatorTarget;
pub use show::PackageShown;
pub use undeploy::UndeployPackage;

use crate::{Kernel, KernelError, Request, code, work::Work};

impl Kernel {
    /// Reads an archive, off the threads that answer requests.
    async fn read_package(&self, archive: Vec<u8>) -> Result<(Package, Vec<u8>), KernelError> {
        let kinds = Arc::clone(&self.settings().kinds);
        let read = tokio::task::spawn_blocking(move || (unpack(&archive, &kinds), archive)).await;
        let (package, archive) =
            read.map_err(|_| KernelError::Internal("a package could not be read".into()))?;
        let package = package.map_err(|faults| ArtifactsError::InvalidPackage { faults })?;
        Ok((package, archive))
    }

    /// An uploaded package that may be deployed, with what is in it.
    async fn find_package_content(
        &self,
        request: &Request,
        id: PackageVersionId,
    ) -> Result<(PackageVersion, Package), KernelError> {
        let work = self.read(request).await?;
        let version = work.authorize_package(id).await?;
        let archive = work.packages().find_archive(id).await?.ok_or(KernelError::NotFound)?;
        drop(work);
        let (package, _) = self.read_package(archive).await?;
        Ok((version, package))
    }
}

impl<'k> Work<'k> {
    /// An uploaded package that the caller may deploy. In a workspace System's are there where they may be deployed into
    /// workspaces and are delegated to it.
    async fn authorize_package(&self, id: PackageVersionId) -> Result<PackageVersion, KernelError> {
        self.authorize_workspace(&code::PACKAGE_DEPLOY)?;
        let version = self.packages().find(id).await?.ok_or(KernelError::NotFound)?;
        if self.shows_package(&version).await? { Ok(version) } else { Err(KernelError::NotFound) }
    }

    /// Whether a package is there for the caller's space.
    async fn shows_package(&self, version: &PackageVersion) -> Result<bool, KernelError> {
        let space = self.space()?;
        if version.home == space {
            return Ok(true);
        }
        let deployable = version.manifest.deployable_in.contains(&DeployableIn::Workspace);
        Ok(deployable && self.package_offers().find_delegation(space).await?.covers(&version.manifest.id))
    }

    /// Refuses a workspace's admin what is not delegated to the workspace.
    async fn expect_delegated(&self, package: &PackageId) -> Result<(), KernelError> {
        let space = self.space()?;
        if space.is_system() || self.package_offers().find_delegation(space).await?.covers(package) {
            return Ok(());
        }
        Err(ArtifactsError::NotDelegated.into())
    }

    /// The work in the space that is to be changed: its own, or from System one workspace.
    async fn toward(self, target: Option<WorkspaceId>) -> Result<Self, KernelError> {
        let space = self.space()?;
        match target {
            None => Ok(self),
            Some(target) if target == space => Ok(self),
            Some(target) if space.is_system() => {
                self.workspaces().find(target).await?.ok_or(KernelError::NotFound)?;
                self.rebind(Scope::of(target)).await
            }
            Some(_) => Err(KernelError::NotFound),
        }
    }
}
