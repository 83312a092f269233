//! Registering products.

use guildhall_core::ProductId;
use guildhall_products::CreateProduct;

use crate::{Begun, Event, Kernel, KernelError, Outcome, ProductShown, Request, code};

impl Kernel {
    /// Registers a product in the caller's space. Nobody else sees it before it has a published version.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not publish products here.
    pub async fn create_product(
        &self,
        request: &Request,
        command: CreateProduct,
    ) -> Result<Outcome<ProductShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_product(request, ProductId::new(id)).await?));
            }
        };
        let space = work.authorize_workspace(&code::PRODUCT_PUBLISH)?;
        let product = self.products(&*work, space.id).create_product(command).await?;
        let event = Event::new("product.created", product.id.uuid(), product.name.to_string());
        work.finish(event.creating(&product)).await?;
        Ok(Outcome::Done(self.find_product(request, product.id).await?))
    }
}
