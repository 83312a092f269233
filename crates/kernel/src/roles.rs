//! Roles: the platform's, the products', and those that a workspace makes itself.

mod create;
mod delete;
mod permissions;
mod show;
mod update;

pub use create::CreateRole;
pub use show::RoleShown;
pub use update::ChangeRole;
