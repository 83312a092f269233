//! The product catalogue.

mod availability;
mod compatible;
mod create;
mod list;
mod mapping;
mod publish;
mod rules;
mod show;
mod update;
mod versions;
mod visible;

pub use availability::{AvailabilityShown, SetAvailability};
pub use compatible::CompatibleProduct;
pub use mapping::{MappingShown, RoleMapping};
pub use show::{ProductShown, VersionShown};
