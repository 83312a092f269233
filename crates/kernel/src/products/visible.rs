//! Who sees which products, and what he may do with them.

use guildhall_core::{Credential, PermissionCode, Principal, ProductId, WorkspaceId};
use guildhall_products::{Product, was_published};

use crate::{KernelError, code, work::Work};

impl Work<'_> {
    /// What the caller may do with a product here; nothing where he may not know of it.
    pub(crate) async fn codes_on_product(
        &self,
        product: &Product,
    ) -> Result<Vec<PermissionCode>, KernelError> {
        Ok(self.codes_where_offered(product, self.is_offered(product).await?))
    }

    /// Whether the product is this space's own, or was published and is offered to it.
    async fn is_offered(&self, product: &Product) -> Result<bool, KernelError> {
        let space = self.space()?;
        if product.home == space || self.view().products.contains(&product.id) {
            return Ok(true);
        }
        let offered = self.product_offers().find(product.id).await?.includes(space);
        Ok(offered && was_published(&self.product_versions().list_by_product(product.id).await?))
    }

    /// Whether the caller may publish products of this home: he does so there, and nowhere else.
    pub(crate) fn publishes(&self, home: WorkspaceId) -> bool {
        self.publishes_for(self.principal(), home)
    }

    /// The same for somebody on whose behalf the caller asks.
    pub(crate) fn publishes_for(&self, who: Principal, home: WorkspaceId) -> bool {
        self.space().is_ok_and(|space| space == home)
            && self.allows(who, &code::PRODUCT_PUBLISH, self.view().root())
    }

    /// The same for somebody who knows whether the product is this space's own or offered to it.
    ///
    /// An available product is seen by whoever may read products or holds a code of it; one that is switched off, by who
    /// could switch it on; one that was never published, by who could publish it.
    pub(crate) fn codes_where_offered(&self, product: &Product, offered: bool) -> Vec<PermissionCode> {
        let root = self.view().root();
        let available = self.view().products.contains(&product.id);
        let publishes = self.publishes(product.home);
        let switches = offered && self.may(&code::PRODUCT_AVAILABILITY, root);
        let own = available && self.is_own(product.id);
        let uses = |code: PermissionCode| {
            own && (self.may(&code, root) || self.holds_code_of(self.principal(), product.id))
        };
        let reads = publishes || switches || uses(code::PRODUCT_READ);
        [
            (switches, code::PRODUCT_AVAILABILITY),
            (uses(code::PRODUCT_LAUNCH) && self.caller().user().is_some(), code::PRODUCT_LAUNCH),
            (publishes, code::PRODUCT_PUBLISH),
            (reads, code::PRODUCT_READ),
        ]
        .into_iter()
        .filter_map(|(held, code)| held.then_some(code))
        .collect()
    }

    /// The service account of a product knows that product alone; everybody else may know of any.
    fn is_own(&self, id: ProductId) -> bool {
        match self.caller().credential() {
            Credential::ClientCredentials { product: Some(own) }
            | Credential::ProductToken { product: own, .. } => own == id,
            Credential::ClientCredentials { product: None }
            | Credential::Password
            | Credential::Session(_)
            | Credential::ApiKey { .. }
            | Credential::Embedded => true,
        }
    }

    /// Whether somebody holds any code of the product, anywhere in the workspace.
    pub(crate) fn holds_code_of(&self, who: Principal, id: ProductId) -> bool {
        self.rights().holds_code_of(who, id)
    }
}
