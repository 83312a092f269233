//! Members of a project.

mod add;
mod remove;
mod seen;
mod show;
mod update;

pub use add::{AddProjectMember, NamedPerson};
pub(crate) use remove::ended;
pub use show::{ProjectMemberShown, Standing};
