//! Making and changing versions of a product.

use guildhall_core::{Page, PageRequest, ProductId, ProductVersionId};
use guildhall_products::{CreateVersion, ProductVersion, UpdateVersion, VersionState};

use super::rules::Rules;
use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, VersionShown, code, paging::page_of};

impl Kernel {
    /// One page of a product's versions that the caller may see, in the order of their making. Drafts are seen by who may
    /// publish them.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not see the product.
    pub async fn list_product_versions(
        &self,
        request: &Request,
        product: ProductId,
        page: &PageRequest,
    ) -> Result<Page<VersionShown>, KernelError> {
        let work = self.read(request).await?;
        let product = work.authorize_product(product, &code::PRODUCT_READ).await?;
        let permissions = work.codes_on_product(&product).await?;
        let overlay = work.overlay_on(&product).await?;
        let drafts = work.publishes(product.home);
        let versions = work.product_versions().list_by_product(product.id).await?;
        let seen = versions.into_iter().filter(|version| drafts || version.state != VersionState::Draft);
        let page = page_of(seen.collect(), page, |version: &ProductVersion| version.id.to_string());
        Ok(page.map(|version| VersionShown {
            version: overlay.version(version),
            permissions: permissions.clone(),
        }))
    }

    /// Begins a version as a draft.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not publish the product; [`KernelError::Products`] for what the
    /// version must keep to.
    pub async fn create_product_version(
        &self,
        request: &Request,
        product: ProductId,
        command: CreateVersion,
    ) -> Result<Outcome<VersionShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                let id = ProductVersionId::new(id);
                return Ok(Outcome::Replayed(self.find_product_version(request, product, id).await?));
            }
        };
        let product = work.authorize_product(product, &code::PRODUCT_PUBLISH).await?;
        let rules = Rules::of(&work).await?;
        let products = self.products(&*work, product.home);
        let version = products.create_version(&product, command, rules.for_versions()).await?;
        work.finish(version_event("product_version.created", &version).creating(&version)).await?;
        Ok(Outcome::Done(self.find_product_version(request, product.id, version.id).await?))
    }

    /// Changes a version: a draft in everything, any other in name and configuration.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not publish the product; [`KernelError::Stale`] where the version
    /// has changed since he read it; [`KernelError::Products`] for what it must keep to.
    pub async fn update_product_version(
        &self,
        request: &Request,
        product: ProductId,
        id: ProductVersionId,
        patch: UpdateVersion,
    ) -> Result<Outcome<VersionShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                return Ok(Outcome::Replayed(self.find_product_version(request, product, id).await?));
            }
        };
        let (product, before) = work.authorize_version(product, id, &code::PRODUCT_PUBLISH).await?;
        request.expect_version(before.version)?;
        let rules = Rules::of(&work).await?;
        let products = self.products(&*work, product.home);
        let after = products.update_version(&product, &before, patch, rules.for_versions()).await?;
        work.finish(version_event("product_version.changed", &after).changing(&*before, &after)).await?;
        Ok(Outcome::Done(self.find_product_version(request, product.id, id).await?))
    }
}

pub(super) fn version_event(kind: &'static str, version: &ProductVersion) -> Event {
    Event::new(kind, version.id.uuid(), version.name.to_string())
}
