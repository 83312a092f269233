#![doc = include_str!("../README.md")]

mod error;
mod ports;
mod prefix;
mod resolution;
mod settings;
mod spelled;
mod workspace;

pub use error::TenancyError;
pub use ports::{TenancyStore, WorkspaceRepository};
pub use prefix::WorkspacePrefix;
pub use resolution::{BaseDomain, NamedBy, Requested, ResolutionError, WORKSPACE_HEADER, acting_workspace};
pub use settings::{Color, Language, Theme, WorkspaceSettings};
pub use workspace::{Workspace, WorkspaceState};
