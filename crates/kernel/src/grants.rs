//! Grants: roles that people, groups and machines hold on accounts without a membership.

mod create;
mod delete;
mod rules;
mod show;
mod update;

pub use show::{GrantQuery, GrantShown};
