//! The hierarchy of a workspace: clients, markets and brands.

mod archive;
mod branch;
mod create;
mod show;
mod sight;
mod update;

pub use show::{Branch, NodeShown};
