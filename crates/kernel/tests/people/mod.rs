//! A workspace, its hierarchy, and the people in it.

mod branches;
mod hierarchy;
mod invitations;
mod members;
mod workspace;
