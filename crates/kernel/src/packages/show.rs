//! Showing packages.

use guildhall_artifacts::{Deployment, PackageVersion};
use guildhall_core::{PackageVersionId, Page, PageRequest, PermissionCode};

use super::shows;
use crate::{Kernel, KernelError, Request, code, work::Work};

/// An uploaded package, as the reader's space sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageShown {
    /// The package.
    pub version: PackageVersion,
    /// Which version of it the space has deployed.
    pub deployed: Option<Deployment>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// An uploaded package.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PACKAGE_DEPLOY`; [`KernelError::NotFound`] where it is not there for the space.
    pub async fn find_package(
        &self,
        request: &Request,
        id: PackageVersionId,
    ) -> Result<PackageShown, KernelError> {
        let work = self.read(request).await?;
        let version = work.authorize_package(id).await?;
        let deployed = work.own_deployments().await?;
        Ok(show(&work, version, &deployed))
    }

    /// A page of the packages that are there for the caller's space, in the order in which they were uploaded.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PACKAGE_DEPLOY`.
    pub async fn list_packages(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<PackageShown>, KernelError> {
        let work = self.read(request).await?;
        work.authorize_workspace(&code::PACKAGE_DEPLOY)?;
        let deployed = work.own_deployments().await?;
        let space = work.space()?;
        let delegation = work.package_offers().find_delegation(space).await?;
        let Page { mut items, next } = work.packages().list(page).await?;
        items.retain(|version| shows(version, space, &delegation));
        Ok(Page { items: items.into_iter().map(|version| show(&work, version, &deployed)).collect(), next })
    }
}

impl Work<'_> {
    async fn own_deployments(&self) -> Result<Vec<Deployment>, KernelError> {
        let space = self.space()?;
        let all = self.package_deployments().list().await?;
        Ok(all.into_iter().filter(|(home, _)| *home == space).map(|(_, deployment)| deployment).collect())
    }
}

fn show(work: &Work<'_>, version: PackageVersion, deployed: &[Deployment]) -> PackageShown {
    let deployed = deployed.iter().find(|it| it.manifest.id == version.manifest.id).cloned();
    let permissions = if work.may(&code::PACKAGE_DEPLOY, work.view().root()) {
        vec![code::PACKAGE_DEPLOY]
    } else {
        Vec::new()
    };
    PackageShown { version, deployed, permissions }
}
