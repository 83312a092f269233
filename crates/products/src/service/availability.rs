//! Saying where products may be used.

use guildhall_core::WorkspaceId;

use crate::{Offer, OfferKind, Product, Products, ProductsError, Switch, is_available, was_published};

impl Products<'_> {
    /// Offers a System product to all workspaces, to a list or to none. Whether the workspaces exist is asked before.
    ///
    /// # Errors
    ///
    /// [`ProductsError::Elsewhere`] anywhere but in the System space; [`ProductsError::InvalidOffer`] where kind and list
    /// don't go together.
    pub async fn set_offer(
        &self,
        product: &Product,
        kind: OfferKind,
        workspaces: Vec<WorkspaceId>,
    ) -> Result<Offer, ProductsError> {
        self.own(product)?;
        if !product.is_shared() {
            return Err(ProductsError::Elsewhere);
        }
        let offer = Offer::new(kind, workspaces).map_err(ProductsError::InvalidOffer)?;
        self.store.product_offers().replace(product.id, &offer).await?;
        Ok(offer)
    }

    /// Switches a product on or off for this workspace: its own, or one that the System space offers to it.
    ///
    /// # Errors
    ///
    /// [`ProductsError::NotOffered`] for any other product; [`ProductsError::Elsewhere`] in the System space, which offers
    /// and does not switch.
    pub async fn set_switch(&self, product: &Product, available: bool) -> Result<Switch, ProductsError> {
        if self.space.is_system() {
            return Err(ProductsError::Elsewhere);
        }
        let offer = self.store.product_offers().find(product.id).await?;
        if !is_available(product.home, &offer, None, self.space) {
            return Err(ProductsError::NotOffered);
        }
        let switch = Switch { product_id: product.id, available };
        self.store.product_switches().replace(&switch).await?;
        Ok(switch)
    }

    /// Whether a product may be used in this space now: it is reachable, not switched off, and has been published.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn is_available_here(&self, product: &Product) -> Result<bool, ProductsError> {
        let offer = self.store.product_offers().find(product.id).await?;
        let switch = self.store.product_switches().find(product.id).await?;
        if !is_available(product.home, &offer, switch.map(|switch| switch.available), self.space) {
            return Ok(false);
        }
        Ok(was_published(&self.store.product_versions().list_by_product(product.id).await?))
    }
}
