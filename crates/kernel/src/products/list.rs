//! Listing products.

use guildhall_core::{Page, PageRequest};

use crate::{Kernel, KernelError, ProductShown, Request, paging::page_of};

impl Kernel {
    /// One page of the products that the caller may see, by name.
    ///
    /// # Errors
    /// [`KernelError::Store`] where the store fails.
    pub async fn list_products(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<ProductShown>, KernelError> {
        let work = self.read(request).await?;
        let mut seen = Vec::new();
        let overlays = work.overlays().await?;
        for entry in self.products(&*work, work.space()?).catalogue().await? {
            let permissions = work.codes_where_offered(&entry.product, entry.offered);
            if !permissions.is_empty() {
                seen.push(ProductShown {
                    available: work.view().products.contains(&entry.product.id),
                    newest: entry.newest.map(|version| overlays.version(version)),
                    product: overlays.product(entry.product),
                    permissions,
                });
            }
        }
        Ok(page_of(seen, page, |shown| format!("{}\0{}", shown.product.name, shown.product.id)))
    }
}
