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

use std::{collections::BTreeSet, sync::Arc};

use guildhall_artifacts::{
    ArtifactsError, Delegation, DeployableIn, Package, PackageId, PackageVersion, unpack,
};
use guildhall_core::{Caller, Credential, PackageVersionId, RequestId, Scope, WorkspaceId};
use tokio::sync::Semaphore;

pub use deploy::{DeployPackage, PackageDeployed};
pub use entitle::OfferShown;
pub use operator::OperatorTarget;
pub use show::PackageShown;
pub use undeploy::UndeployPackage;

use crate::{Kernel, KernelError, Request, code, work::Work};

/// How many archives are read at a time.
static READING: Semaphore = Semaphore::const_new(2);

impl Kernel {
    /// Whether somebody may send packages here: asked before much is taken from him.
    ///
    /// # Errors
    /// [`KernelError::Store`] where nobody can say.
    pub async fn may_send_packages(&self, caller: &Caller) -> Result<bool, KernelError> {
        let read_only = matches!(caller.credential(), Credential::ApiKey { read_only: true, .. });
        if read_only || caller.workspace().is_none() {
            return Ok(false);
        }
        let request = Request::embedded(*caller, RequestId::new(self.ids().uuid()));
        match self.read(&request).await {
            Ok(work) => Ok(work.authorize_workspace(&code::PACKAGE_DEPLOY).is_ok()),
            Err(KernelError::Store(error)) => Err(error.into()),
            Err(_) => Ok(false),
        }
    }

    /// Reads an archive, off the threads that answer requests and a few at a time: what is in one takes many times its size.
    async fn read_package(&self, archive: Vec<u8>) -> Result<(Package, Vec<u8>), KernelError> {
        let _place = READING.acquire().await;
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
        Ok(shows(version, space, &self.package_offers().find_delegation(space).await?))
    }

    /// Refuses a workspace's admin what is not delegated to the workspace.
    async fn expect_delegated(&self, package: &PackageId) -> Result<(), KernelError> {
        let space = self.space()?;
        if space.is_system() || self.package_offers().find_delegation(space).await?.covers(package) {
            return Ok(());
        }
        Err(ArtifactsError::NotDelegated.into())
    }

    /// Refuses where nothing is delegated to the workspace, whatever the package.
    async fn expect_some_delegated(&self) -> Result<(), KernelError> {
        let space = self.space()?;
        let nothing = Delegation::List(BTreeSet::new());
        if space.is_system() || self.package_offers().find_delegation(space).await? != nothing {
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

/// Whether a package is there for a space: its own are, and those of System's that it may deploy.
fn shows(version: &PackageVersion, space: WorkspaceId, delegation: &Delegation) -> bool {
    let deployable = version.manifest.deployable_in.contains(&DeployableIn::Workspace);
    version.home == space || (deployable && delegation.covers(&version.manifest.id))
}
