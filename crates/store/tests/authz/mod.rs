//! Stored grants, groups, own roles, and the epochs.

mod epochs;
mod grants;
mod groups;
mod own_roles;
