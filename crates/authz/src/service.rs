//! The use cases inside authorization: grants, groups, and the workspace's own roles. They ask nobody whether he may: that is
//! decided before.

mod grants;
mod groups;
mod meta_roles;
mod roles;

use guildhall_core::{Clock, IdGenerator};

use crate::AuthzStore;

/// Changes what somebody holds within one transaction.
pub struct Authz<'a> {
    store: &'a dyn AuthzStore,
    clock: &'a dyn Clock,
    ids: &'a dyn IdGenerator,
}

impl<'a> Authz<'a> {
    /// The use cases over one transaction.
    pub const fn new(store: &'a dyn AuthzStore, clock: &'a dyn Clock, ids: &'a dyn IdGenerator) -> Self {
        Self { store, clock, ids }
    }
}
