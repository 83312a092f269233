//! Tasks: the pieces of work inside an item.

mod archive;
mod create;
mod delete;
mod reorder;
mod show;
mod update;

pub use show::TaskShown;
