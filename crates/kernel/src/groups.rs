//! Groups: members of a workspace who hold roles together.

mod create;
mod delete;
mod members;
mod show;
mod update;

pub use create::CreateGroup;
pub use members::GroupMemberShown;
pub(crate) use members::may_add;
pub use show::GroupShown;
