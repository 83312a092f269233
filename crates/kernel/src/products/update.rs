//! Changing what is said about a product.

use guildhall_core::ProductId;
use guildhall_products::UpdateProduct;

use crate::{Begun, Event, Kernel, KernelError, Outcome, ProductShown, Request, code};

impl Kernel {
    /// Changes what is said about a product.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not publish it; [`KernelError::Stale`] where it has changed since
    /// he read it.
    pub async fn update_product(
        &self,
        request: &Request,
        id: ProductId,
        patch: UpdateProduct,
    ) -> Result<Outcome<ProductShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_product(request, id).await?)),
        };
        let before = work.authorize_product(id, &code::PRODUCT_PUBLISH).await?;
        request.expect_version(before.version)?;
        let after = self.products(&*work, before.home).update_product(&before, patch).await?;
        let event = Event::new("product.changed", id.uuid(), after.name.to_string());
        work.finish(event.changing(&*before, &after)).await?;
        Ok(Outcome::Done(self.find_product(request, id).await?))
    }
}
