#![doc = include_str!("../README.md")]

mod availability;
mod commands;
mod config;
mod entry;
mod error;
mod launch;
mod mapping;
mod ports;
mod product;
mod requirement;
mod role;
mod schema;
mod service;
mod slug;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod url_rules;
mod version;

pub use availability::{Offer, OfferKind, Switch, is_available};
pub use commands::{
    CreateLaunch, CreateProduct, CreateVersion, LaunchItem, MapRole, UpdateProduct, UpdateVersion,
    VersionRules,
};
pub use config::{MAX_CONFIG_BYTES, MAX_CONFIG_DEPTH, check_config};
pub use entry::{Entry, EntryKind};
pub use error::ProductsError;
pub use launch::Launch;
pub use mapping::Mapping;
pub use ports::{
    LaunchRepository, MappingRepository, OfferRepository, ProductRepository, ProductRoleRepository,
    ProductVersionRepository, ProductsStore, SwitchRepository,
};
pub use product::Product;
pub use requirement::Requirement;
pub use role::{AppRole, EffectiveRole, ProductRole, RoleDefinition, effective_roles};
pub use service::{CatalogueEntry, Compatibility, Products};
pub use slug::Slug;
pub use url_rules::UrlRules;
pub use version::{ProductVersion, VersionState, newest_published, was_published};
