//! The use cases inside this domain, one file for each group.

mod hierarchy;
mod invitations;
mod members;
mod workspaces;

use guildhall_core::{Clock, IdGenerator};

use crate::TenancyStore;

/// Tenancy's use cases over one transaction. Who may call them is asked before.
///
/// Rules over several rows (the last administrator, an archived parent) hold where nothing else writes to the workspace
/// meanwhile: the transaction of a use case that writes must be alone in its workspace, or be refused by its database.
pub struct Tenancy<'a> {
    store: &'a dyn TenancyStore,
    clock: &'a dyn Clock,
    ids: &'a dyn IdGenerator,
}

impl<'a> Tenancy<'a> {
    /// Use cases that read and write through `store`.
    pub fn new(store: &'a dyn TenancyStore, clock: &'a dyn Clock, ids: &'a dyn IdGenerator) -> Self {
        Self { store, clock, ids }
    }
}
