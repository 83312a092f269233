//! Projects: created, read, changed.

mod create;
mod show;

pub use create::CreateProject;
pub use show::ProjectShown;
