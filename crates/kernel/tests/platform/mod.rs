//! What platform admins do.

mod audit;
mod users;
mod workspaces;
