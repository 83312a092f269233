//! Phases: the columns of a project's board.

mod create;
mod delete;
mod reorder;
mod show;
mod update;

pub use show::PhaseShown;
