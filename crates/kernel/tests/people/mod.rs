//! A workspace, its hierarchy, and the people in it.

mod branches;
mod hierarchy;
mod imports;
mod invitations;
mod levels;
mod members;
mod moves;
mod visibility;
mod workspace;
