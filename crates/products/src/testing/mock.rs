//! The mocks of the ports as one store.

use super::{
    MockLaunchRepository, MockMappingRepository, MockOfferRepository, MockProductRepository,
    MockProductRoleRepository, MockProductVersionRepository, MockSwitchRepository,
};
use crate::{
    LaunchRepository, MappingRepository, OfferRepository, ProductRepository, ProductRoleRepository,
    ProductVersionRepository, ProductsStore, SwitchRepository,
};

/// A store made of mocks: what a test does not expect panics.
#[derive(Default)]
pub struct MockStore {
    /// Products.
    pub products: MockProductRepository,
    /// Versions of products.
    pub product_versions: MockProductVersionRepository,
    /// Roles of products.
    pub product_roles: MockProductRoleRepository,
    /// Meta roles of product roles.
    pub product_mappings: MockMappingRepository,
    /// Offers of System products.
    pub product_offers: MockOfferRepository,
    /// What this workspace has switched.
    pub product_switches: MockSwitchRepository,
    /// Launches.
    pub launches: MockLaunchRepository,
}

impl ProductsStore for MockStore {
    fn products(&self) -> &dyn ProductRepository {
        &self.products
    }

    fn product_versions(&self) -> &dyn ProductVersionRepository {
        &self.product_versions
    }

    fn product_roles(&self) -> &dyn ProductRoleRepository {
        &self.product_roles
    }

    fn product_mappings(&self) -> &dyn MappingRepository {
        &self.product_mappings
    }

    fn product_offers(&self) -> &dyn OfferRepository {
        &self.product_offers
    }

    fn product_switches(&self) -> &dyn SwitchRepository {
        &self.product_switches
    }

    fn launches(&self) -> &dyn LaunchRepository {
        &self.launches
    }
}
