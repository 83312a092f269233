//! A snapshot by hand, without a store.

use super::Snapshot;
use crate::{Account, AuthzError, Facts, Grant, GroupMember, Mapping, ProductInUse, ProjectMember, Role};

/// Gathers facts one by one, in any order.
#[derive(Debug, Clone, Default)]
pub struct SnapshotBuilder {
    facts: Facts,
}

impl SnapshotBuilder {
    /// Adds an account of the tree.
    #[must_use]
    pub fn account(mut self, account: Account) -> Self {
        self.facts.accounts.push(account);
        self
    }

    /// Adds a role.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.facts.roles.push(role);
        self
    }

    /// Adds a grant.
    #[must_use]
    pub fn grant(mut self, grant: impl Into<Grant>) -> Self {
        self.facts.grants.push(grant.into());
        self
    }

    /// Adds a member of a group.
    #[must_use]
    pub fn group_member(mut self, member: GroupMember) -> Self {
        self.facts.group_members.push(member);
        self
    }

    /// Adds a member of a project.
    #[must_use]
    pub fn member(mut self, member: ProjectMember) -> Self {
        self.facts.members.push(member);
        self
    }

    /// Adds a product that a project's workflow uses.
    #[must_use]
    pub fn product_in_use(mut self, used: ProductInUse) -> Self {
        self.facts.products_in_use.push(used);
        self
    }

    /// Adds a meta role that brings a product's role with it.
    #[must_use]
    pub fn mapping(mut self, mapping: Mapping) -> Self {
        self.facts.mappings.push(mapping);
        self
    }

    /// Compiles what was gathered.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::new`].
    pub fn build(self) -> Result<Snapshot, AuthzError> {
        Snapshot::new(&self.facts)
    }
}
