//! Registering products and renaming them.

use guildhall_core::{ProductId, RowVersion};

use crate::{CreateProduct, Product, Products, ProductsError, UpdateProduct};

impl Products<'_> {
    /// Registers a product in this space. Nobody can use it before it has a published version.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn create_product(&self, command: CreateProduct) -> Result<Product, ProductsError> {
        let product = Product {
            id: ProductId::new(self.ids.uuid()),
            home: self.space,
            name: command.name,
            description: command.description,
            category: command.category,
            owner: command.owner,
            version: RowVersion::FIRST,
            created_at: self.clock.now(),
        };
        self.store.products().insert(&product).await?;
        Ok(product)
    }

    /// Changes what is said about a product.
    ///
    /// # Errors
    ///
    /// [`ProductsError::Elsewhere`] where it lives in another space; [`guildhall_core::StoreError::Stale`] where it has changed since.
    pub async fn update_product(
        &self,
        product: &Product,
        patch: UpdateProduct,
    ) -> Result<Product, ProductsError> {
        self.own(product)?;
        let changed = Product {
            name: patch.name.unwrap_or_else(|| product.name.clone()),
            description: patch.description.unwrap_or_else(|| product.description.clone()),
            category: patch.category.unwrap_or_else(|| product.category.clone()),
            owner: patch.owner.unwrap_or_else(|| product.owner.clone()),
            ..product.clone()
        };
        self.store.products().update(&changed).await?;
        Ok(Product { version: changed.version.next(), ..changed })
    }
}
