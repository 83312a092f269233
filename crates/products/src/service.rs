//! The use cases inside this domain. Who may ask for them is decided before.

mod availability;
mod catalogue;
mod checks;
mod launches;
mod mapping;
mod products;
mod versions;

use guildhall_core::{Clock, IdGenerator, WorkspaceId};

pub use catalogue::{CatalogueEntry, Compatibility};

use crate::{Product, ProductVersion, ProductsError, ProductsStore};

/// The product catalogue of one space.
pub struct Products<'a> {
    store: &'a dyn ProductsStore,
    space: WorkspaceId,
    clock: &'a dyn Clock,
    ids: &'a dyn IdGenerator,
}

impl<'a> Products<'a> {
    /// The catalogue of `space` (a workspace or the System space), to which `store` must be bound.
    pub fn new(
        store: &'a dyn ProductsStore,
        space: WorkspaceId,
        clock: &'a dyn Clock,
        ids: &'a dyn IdGenerator,
    ) -> Self {
        Self { store, space, clock, ids }
    }

    /// A workspace reads what the System space shares and changes only its own.
    fn own(&self, product: &Product) -> Result<(), ProductsError> {
        if product.home == self.space { Ok(()) } else { Err(ProductsError::Elsewhere) }
    }

    fn own_version(&self, product: &Product, version: &ProductVersion) -> Result<(), ProductsError> {
        self.own(product)?;
        if version.product_id == product.id { Ok(()) } else { Err(ProductsError::OtherProduct) }
    }
}

#[cfg(test)]
mod tests;
