//! Tasks: the pieces of work inside an item.

mod archive;
mod change;
mod create;
mod delete;
mod duplicate;
mod reorder;
mod show;
mod update;

pub use change::TaskChange;
pub use show::TaskShown;
