//! A workspace, its hierarchy, and the people in it.

mod hierarchy;
mod invitations;
mod members;
mod workspace;
