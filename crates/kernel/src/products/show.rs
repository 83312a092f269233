//! A product and a version of it as their reader sees them.

use guildhall_core::{PermissionCode, ProductId, ProductVersionId};
use guildhall_products::{Product, ProductVersion, newest_published};

use crate::{Kernel, KernelError, Request, code, work::Work};

/// A product, and what the reader may do with it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductShown {
    /// The product.
    pub product: Product,
    /// The version that new items take; `None` where none is in use.
    pub newest: Option<ProductVersion>,
    /// Whether it can be used here: it was published, is offered here, and is not switched off.
    pub available: bool,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// A version, and what the reader may do with its product.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionShown {
    /// The version.
    pub version: ProductVersion,
    /// What the reader may do with its product.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// The product, where the caller may see it.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not there or the caller may not see it.
    pub async fn find_product(&self, request: &Request, id: ProductId) -> Result<ProductShown, KernelError> {
        let work = self.read(request).await?;
        let product = work.authorize_product(id, &code::PRODUCT_READ).await?.into_inner();
        let versions = work.product_versions().list_by_product(id).await?;
        let overlay = work.overlay_on(&product).await?;
        Ok(ProductShown {
            newest: newest_published(&versions).cloned().map(|version| overlay.version(version)),
            available: work.view().products.contains(&id),
            permissions: work.codes_on_product(&product).await?,
            product: overlay.product(product),
        })
    }

    /// The version, where the caller may see it.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not there or the caller may not see it.
    pub async fn find_product_version(
        &self,
        request: &Request,
        product: ProductId,
        id: ProductVersionId,
    ) -> Result<VersionShown, KernelError> {
        let work = self.read(request).await?;
        let (product, version) = work.authorize_version(product, id, &code::PRODUCT_READ).await?;
        show_version(&work, &product, version.into_inner()).await
    }
}

pub(super) async fn show_version(
    work: &Work<'_>,
    product: &Product,
    version: ProductVersion,
) -> Result<VersionShown, KernelError> {
    let version = work.overlay_on(product).await?.version(version);
    Ok(VersionShown { version, permissions: work.codes_on_product(product).await? })
}
