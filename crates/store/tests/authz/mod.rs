//! Stored grants, and the epochs.

mod epochs;
mod grants;
