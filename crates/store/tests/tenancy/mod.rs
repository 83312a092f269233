//! Workspaces, their hierarchy, members and invitations.

mod corrupt;
mod hierarchy;
mod invitations;
mod isolation;
mod members;
mod workspaces;
pub(crate) mod world;
