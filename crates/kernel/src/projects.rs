//! Projects: created, read, changed, put away.

mod archive;
mod create;
mod list;
mod purge;
mod show;
mod transfer;
mod update;

pub use create::CreateProject;
pub(crate) use create::may_create;
pub use list::ProjectQuery;
pub use show::ProjectShown;
