//! The hierarchy of a workspace: clients, markets and brands.

mod archive;
mod branch;
mod create;
mod import;
mod plan;
mod relocate;
mod show;
mod sight;
mod update;

pub use import::Imported;
pub use plan::{MovePlan, MovedAccount, PlanHash, RightsChange};
pub use relocate::MoveNode;
pub use show::{Branch, NodeShown};
pub(crate) use sight::{Seen, Sight};
