//! Saying which workspaces are entitled to a package of System's, and which packages a workspace may deploy by itself.

use guildhall_artifacts::{Delegation, PackageId, PackageOffer};
use guildhall_core::{PackageVersionId, Scope, WorkspaceId};

use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, code, work::Work};

/// To whom a package is offered.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferShown {
    /// The package.
    pub package: PackageId,
    /// The workspaces that are entitled to it.
    pub offer: PackageOffer,
}

impl Kernel {
    /// To whom System offers a package.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PACKAGE_DEPLOY`; [`KernelError::NotFound`] outside of the System space.
    pub async fn find_package_offer(
        &self,
        request: &Request,
        id: PackageVersionId,
    ) -> Result<OfferShown, KernelError> {
        let work = self.read(request).await?;
        let package = work.authorize_offering(id).await?;
        let offer = work.package_offers().find(&package).await?;
        Ok(OfferShown { package, offer })
    }

    /// Says to whom System offers a package. It holds from the next request on.
    ///
    /// # Errors
    /// Those of [`Self::find_package_offer`]; [`KernelError::Refused`] for a workspace that is not there.
    pub async fn replace_package_offer(
        &self,
        request: &Request,
        id: PackageVersionId,
        offer: PackageOffer,
    ) -> Result<Outcome<OfferShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_package_offer(request, id).await?)),
        };
        let package = work.authorize_offering(id).await?;
        request.expect_no_version()?;
        if let PackageOffer::List(workspaces) = &offer {
            expect_workspaces(&work, workspaces.iter().copied()).await?;
        }
        let before = work.package_offers().find(&package).await?;
        self.artifacts(&work).offer(&package, &offer).await?;
        let event = Event::new("package.offer_changed", id.uuid(), package.to_string());
        work.finish(event.changing(&before, &offer)).await?;
        Ok(Outcome::Done(OfferShown { package, offer }))
    }

    /// Which packages a workspace may upload and deploy by itself.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PACKAGE_DEPLOY` in System; [`KernelError::NotFound`] where the workspace is not
    /// there.
    pub async fn find_package_delegation(
        &self,
        request: &Request,
        workspace: WorkspaceId,
    ) -> Result<Delegation, KernelError> {
        let work = self.read_platform(request).await?;
        work.require(&code::PACKAGE_DEPLOY, guildhall_core::AccountId::SYSTEM)?;
        expect_workspaces(&work, [workspace]).await.map_err(|_| KernelError::NotFound)?;
        Ok(work.package_offers().find_delegation(workspace).await?)
    }

    /// Says which packages a workspace may upload and deploy by itself.
    ///
    /// # Errors
    /// Those of [`Self::find_package_delegation`].
    pub async fn replace_package_delegation(
        &self,
        request: &Request,
        workspace: WorkspaceId,
        delegation: Delegation,
    ) -> Result<Outcome<Delegation>, KernelError> {
        let Begun::Fresh(work) = self.begin_platform(request).await? else {
            return Ok(Outcome::Replayed(self.find_package_delegation(request, workspace).await?));
        };
        work.require(&code::PACKAGE_DEPLOY, guildhall_core::AccountId::SYSTEM)?;
        request.expect_no_version()?;
        let known = work.workspaces().find(workspace).await?.ok_or(KernelError::NotFound)?;
        let before = work.package_offers().find_delegation(workspace).await?;
        work.package_offers().replace_delegation(workspace, &delegation).await?;
        let event = Event::new("workspace.packages_delegated", workspace.uuid(), known.name.to_string());
        let event = event.changing(&before, &delegation);
        let work = work.rebind(Scope::Workspace(workspace)).await?;
        work.record(event.clone()).await?;
        work.rebind(Scope::System).await?.finish(event).await?;
        Ok(Outcome::Done(delegation))
    }
}

impl Work<'_> {
    /// The package of an uploaded version, which System offers.
    async fn authorize_offering(&self, id: PackageVersionId) -> Result<PackageId, KernelError> {
        if !self.space()?.is_system() {
            return Err(KernelError::NotFound);
        }
        Ok(self.authorize_package(id).await?.manifest.id)
    }
}

async fn expect_workspaces(
    work: &Work<'_>,
    ids: impl IntoIterator<Item = WorkspaceId>,
) -> Result<(), KernelError> {
    for id in ids {
        if work.workspaces().find(id).await?.is_none() {
            let detail = format!("there is no workspace `{id}`");
            return Err(KernelError::Refused { code: "unknown_workspace", detail });
        }
    }
    Ok(())
}
