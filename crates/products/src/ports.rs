//! What this domain needs from a store.
//!
//! A store is bound to one space: a workspace, which reads its own rows and what the System space shares (products,
//! versions, roles, mappings), or the System space itself. It writes its own rows alone.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{LaunchId, ProductId, ProductVersionId, SecretHash, StoreError};

use crate::{Launch, Mapping, Offer, Product, ProductRole, ProductVersion, Switch};

/// Products, as one unit of work may see them.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ProductRepository: Send + Sync {
    /// The product, or `None` where neither this space nor the System space has one with that id.
    async fn find(&self, id: ProductId) -> Result<Option<Product>, StoreError>;
    /// This space's products and the System space's, offered here or not, by name and id.
    async fn list(&self) -> Result<Vec<Product>, StoreError>;
    /// Adds a product to this space.
    async fn insert(&self, product: &Product) -> Result<(), StoreError>;
    /// Stores it with the next row version; [`StoreError::Stale`] where the stored row has another one.
    async fn update(&self, product: &Product) -> Result<(), StoreError>;
}

/// Versions of products, as one unit of work may see them.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ProductVersionRepository: Send + Sync {
    /// The version, or `None` where neither this space nor the System space has one with that id.
    async fn find(&self, id: ProductVersionId) -> Result<Option<ProductVersion>, StoreError>;
    /// All versions of one product in the order of their ids, which is that of their making.
    async fn list_by_product(&self, product_id: ProductId) -> Result<Vec<ProductVersion>, StoreError>;
    /// Every version that has ever been published and can be read here, of all products; retired ones too, since items go
    /// on using them.
    async fn list_published(&self) -> Result<Vec<ProductVersion>, StoreError>;
    /// Adds a version to this space. Its roles have been inserted before.
    async fn insert(&self, version: &ProductVersion) -> Result<(), StoreError>;
    /// Stores it with the next row version; [`StoreError::Stale`] where the stored row has another one.
    async fn update(&self, version: &ProductVersion) -> Result<(), StoreError>;
}

/// The roles that products have ever known, one for each (product, code). They are never deleted: grants refer to them.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ProductRoleRepository: Send + Sync {
    /// Every role that can be read here, of all products.
    async fn list(&self) -> Result<Vec<ProductRole>, StoreError>;
    /// The roles of one product, by code.
    async fn list_by_product(&self, product_id: ProductId) -> Result<Vec<ProductRole>, StoreError>;
    /// Fails with [`StoreError::Conflict`] where the product has a role of that code.
    async fn insert(&self, role: &ProductRole) -> Result<(), StoreError>;
}

/// Which meta roles give which product roles.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait MappingRepository: Send + Sync {
    /// Every mapping that can be read here, of all products.
    async fn list(&self) -> Result<Vec<Mapping>, StoreError>;
    /// The mapping of one product, by code.
    async fn list_by_product(&self, product_id: ProductId) -> Result<Vec<Mapping>, StoreError>;
    /// Puts a new mapping of one product in place of the whole one before.
    async fn replace(&self, product_id: ProductId, mappings: &[Mapping]) -> Result<(), StoreError>;
}

/// To whom the System space offers its products. A workspace reads the part of an offer that concerns itself: of a list,
/// its own place in it.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait OfferRepository: Send + Sync {
    /// The offer of one product, as far as it can be read here; [`Offer::None`] where there is none.
    async fn find(&self, product_id: ProductId) -> Result<Offer, StoreError>;
    /// Every offer that can be read here, without those to nobody.
    async fn list(&self) -> Result<Vec<(ProductId, Offer)>, StoreError>;
    /// Puts a new offer in place of the one before. Only the System space offers.
    async fn replace(&self, product_id: ProductId, offer: &Offer) -> Result<(), StoreError>;
}

/// The products that this workspace has switched on or off for itself.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait SwitchRepository: Send + Sync {
    /// This workspace's word on one product, or `None` where it has not said any.
    async fn find(&self, product_id: ProductId) -> Result<Option<Switch>, StoreError>;
    /// Everything that this workspace has switched.
    async fn list(&self) -> Result<Vec<Switch>, StoreError>;
    /// Puts this workspace's word in place of the one before.
    async fn replace(&self, switch: &Switch) -> Result<(), StoreError>;
}

/// Launches in this workspace.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait LaunchRepository: Send + Sync {
    /// The launch, or `None` where this workspace has none with that id.
    async fn find(&self, id: LaunchId) -> Result<Option<Launch>, StoreError>;
    /// The launch whose one-time code has that hash.
    async fn find_by_code_hash(&self, code_hash: &SecretHash) -> Result<Option<Launch>, StoreError>;
    /// Adds a launch to this workspace.
    async fn insert(&self, launch: &Launch) -> Result<(), StoreError>;
    /// Marks the launch as redeemed. `true` for the first alone, however many try at once.
    async fn update_redeemed(&self, id: LaunchId, at: DateTime<Utc>) -> Result<bool, StoreError>;
}

/// What this domain needs from one transaction.
pub trait ProductsStore: Send + Sync {
    /// Products.
    fn products(&self) -> &dyn ProductRepository;
    /// Versions of products.
    fn product_versions(&self) -> &dyn ProductVersionRepository;
    /// Roles of products.
    fn product_roles(&self) -> &dyn ProductRoleRepository;
    /// Meta roles of product roles.
    fn product_mappings(&self) -> &dyn MappingRepository;
    /// Offers of System products.
    fn product_offers(&self) -> &dyn OfferRepository;
    /// What this workspace has switched.
    fn product_switches(&self) -> &dyn SwitchRepository;
    /// Launches.
    fn launches(&self) -> &dyn LaunchRepository;
}
