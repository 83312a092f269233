#![doc = include_str!("../README.md")]

mod build;
mod error;
mod input;
mod object;
#[cfg(test)]
mod testing;
mod theme;

pub use build::build;
pub use error::ContextError;
pub use input::{
    ContextInput, ItemKind, LaunchedItem, PathNode, ProjectFacts, Required, VersionFacts, WorkspaceFacts,
};
pub use object::{
    Additional, AppInstance, AppInstanceId, Hierarchy, HierarchyItem, HierarchyItemType, LaunchedProject,
    NavigationItem, NavigationTree, OsContext, ProjectItem, Tenant, UserDetails,
};
pub use theme::{StyleSet, Theme, ThemeContent, ThemeSettings};
