//! Members of a project.

mod add;
mod invite;
mod remove;
mod seen;
mod show;
mod update;

pub use add::{AddProjectMember, AddedToProject, NamedPerson};
pub(crate) use remove::ended;
pub(crate) use seen::{may_become, seen_member};
pub use show::{ProjectMemberShown, Standing};
pub use update::ChangeProjectMember;
