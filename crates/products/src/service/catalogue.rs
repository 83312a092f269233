//! What there is to use, and where it fits.

use std::collections::BTreeMap;

use guildhall_core::{Level, ProductId};

use crate::{
    Offer, Product, ProductVersion, Products, ProductsError, Requirement, is_available, newest_published,
};

/// One product of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogueEntry {
    /// The product.
    pub product: Product,
    /// The version that new items take; `None` where none is in use.
    pub newest: Option<ProductVersion>,
    /// Whether it is this space's own, or was published and is offered to it, switched off or not.
    pub offered: bool,
    /// Whether this space may use it, once it has a published version.
    pub available: bool,
}

/// Whether a product fits a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Compatibility {
    /// The product.
    pub product: Product,
    /// The version that would be added.
    pub version: ProductVersion,
    /// What the version requires and the place lacks; empty where it fits.
    pub missing: Vec<Requirement>,
}

impl Compatibility {
    /// Whether the version can be added.
    pub fn is_compatible(&self) -> bool {
        self.missing.is_empty()
    }
}

impl Products<'_> {
    /// Every product that can be read here, this space's own and the System space's, in the store's order.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn catalogue(&self) -> Result<Vec<CatalogueEntry>, ProductsError> {
        let mut versions = BTreeMap::<ProductId, Vec<ProductVersion>>::new();
        for version in self.store.product_versions().list_published().await? {
            versions.entry(version.product_id).or_default().push(version);
        }
        let offers: BTreeMap<_, _> = self.store.product_offers().list().await?.into_iter().collect();
        let switches = self.store.product_switches().list().await?;
        let switches: BTreeMap<_, _> =
            switches.into_iter().map(|switch| (switch.product_id, switch.available)).collect();
        let entry = |product: Product| {
            let offer = offers.get(&product.id).unwrap_or(&Offer::None);
            let switch = switches.get(&product.id).copied();
            CatalogueEntry {
                newest: versions.get(&product.id).and_then(|versions| newest_published(versions)).cloned(),
                offered: product.home == self.space
                    || (versions.contains_key(&product.id) && offer.includes(self.space)),
                available: is_available(product.home, offer, switch, self.space),
                product,
            }
        };
        Ok(self.store.products().list().await?.into_iter().map(entry).collect())
    }

    /// The newest published version of each available product, with what it lacks at a place: `path` are the levels of the
    /// node path, `in_project` whether it is a project's.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn compatible_products(
        &self,
        path: &[Level],
        in_project: bool,
    ) -> Result<Vec<Compatibility>, ProductsError> {
        let available = self.catalogue().await?.into_iter().filter(|entry| entry.available);
        Ok(available
            .filter_map(|CatalogueEntry { product, newest, .. }| {
                newest.map(|version| Compatibility {
                    missing: version.missing(path, in_project),
                    product,
                    version,
                })
            })
            .collect())
    }
}
