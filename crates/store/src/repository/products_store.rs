//! The product catalogue's store.

use guildhall_products::{
    LaunchRepository, MappingRepository, OfferRepository, ProductRepository, ProductRoleRepository,
    ProductVersionRepository, ProductsStore, SwitchRepository,
};

use crate::SeaUnitOfWork;

impl ProductsStore for SeaUnitOfWork {
    fn products(&self) -> &dyn ProductRepository {
        self
    }

    fn product_versions(&self) -> &dyn ProductVersionRepository {
        self
    }

    fn product_roles(&self) -> &dyn ProductRoleRepository {
        self
    }

    fn product_mappings(&self) -> &dyn MappingRepository {
        self
    }

    fn product_offers(&self) -> &dyn OfferRepository {
        self
    }

    fn product_switches(&self) -> &dyn SwitchRepository {
        self
    }

    fn launches(&self) -> &dyn LaunchRepository {
        self
    }
}
