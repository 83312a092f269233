//! Members of the workspace.

mod acquainted;
mod assignments;
mod remove;
mod show;
mod update;

pub(crate) use acquainted::Acquainted;
pub(crate) use assignments::assign;
pub use show::MemberShown;
pub use update::ChangeMember;
