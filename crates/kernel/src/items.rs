//! Items: the cards of a project's board.

mod archive;
mod change;
mod create;
mod delete;
mod duplicate;
mod reorder;
mod show;
mod update;
mod usable;

pub use change::ItemChange;
pub use create::{AddItem, NewContent, UseProduct};
pub use show::ItemShown;
pub(crate) use usable::check_item_config;
