//! The product catalogue.

mod availability;
mod compatible;
mod create;
mod list;
mod mapping;
mod overlay;
mod publish;
mod rules;
mod show;
mod update;
mod versions;
mod visible;

pub use availability::{AvailabilityShown, SetAvailability};
pub use compatible::CompatibleProduct;
pub use mapping::{MappingShown, RoleMapping};
pub(crate) use overlay::{Bases, Configs, Overlays, is_overlaid, is_overlay};
pub use show::{ProductShown, VersionShown};
