//! Grants: roles that people, groups and machines hold on accounts without a membership.

mod create;
mod delete;
mod rules;
mod show;
mod update;

pub(crate) use create::{gift, may_grant};
pub use show::{GrantQuery, GrantShown};
