//! What platform admins do: workspaces and users of the whole platform.
//!
//! An act on a workspace is one transaction in two scopes: it is written in the workspace's own log, so that its people see
//! it, and in System's.

mod admins;
mod create;
mod users;
mod workspaces;

pub use admins::{AdminNamed, NameAdmin};
pub use create::{MakeWorkspace, WorkspaceMade};
pub use users::UserShown;
pub use workspaces::{PlatformWorkspace, RenameWorkspace};
