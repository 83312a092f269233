//! Phases: the columns of a project's board.

mod change;
mod create;
mod delete;
mod duplicate;
mod reorder;
mod show;
mod update;

pub use change::PhaseChange;
pub use show::PhaseShown;
