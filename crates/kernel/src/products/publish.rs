//! Putting versions into use and out of it.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{ProductId, ProductVersionId};
use guildhall_products::Product;

use super::{rules::Rules, versions::version_event};
use crate::{Begun, Kernel, KernelError, Outcome, Request, VersionShown, code};

impl Kernel {
    /// Puts a draft into use; its roles' meta roles become the product's mapping.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not publish the product; [`KernelError::Products`] where the version
    /// is no draft, or breaks what it must keep to now.
    pub async fn publish_product_version(
        &self,
        request: &Request,
        product: ProductId,
        id: ProductVersionId,
    ) -> Result<Outcome<VersionShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                return Ok(Outcome::Replayed(self.find_product_version(request, product, id).await?));
            }
        };
        let (product, before) = work.authorize_version(product, id, &code::PRODUCT_PUBLISH).await?;
        request.expect_version(before.version)?;
        work.raise(epoch_of(&product), &[Change::Everything]).await?;
        let rules = Rules::of(&work).await?;
        let products = self.products(&*work, product.home);
        let after = products.publish(&product, &before, rules.for_versions()).await?;
        work.finish(version_event("product_version.published", &after).changing(&*before, &after)).await?;
        Ok(Outcome::Done(self.find_product_version(request, product.id, id).await?))
    }

    /// Takes a published version out of use. Items that hold it keep it.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not publish the product; [`KernelError::Products`] where the version
    /// is not published.
    pub async fn retire_product_version(
        &self,
        request: &Request,
        product: ProductId,
        id: ProductVersionId,
    ) -> Result<Outcome<VersionShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                return Ok(Outcome::Replayed(self.find_product_version(request, product, id).await?));
            }
        };
        let (product, before) = work.authorize_version(product, id, &code::PRODUCT_PUBLISH).await?;
        request.expect_version(before.version)?;
        work.raise(epoch_of(&product), &[Change::Everything]).await?;
        let after = self.products(&*work, product.home).retire(&product, &before).await?;
        work.finish(version_event("product_version.retired", &after).changing(&*before, &after)).await?;
        Ok(Outcome::Done(self.find_product_version(request, product.id, id).await?))
    }
}

/// What a product gives follows it wherever it is used: a System product's everywhere, a workspace's own there alone.
pub(super) fn epoch_of(product: &Product) -> Epoch {
    if product.is_shared() { Epoch::System } else { Epoch::Workspace }
}
