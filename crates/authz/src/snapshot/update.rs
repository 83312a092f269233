//! A snapshot from another one and what has changed. None of this costs what compiling everything costs.
//!
//! The rule of all of these: afterwards the snapshot answers as one that is compiled from the changed facts.

use std::{collections::BTreeSet, sync::Arc};

use guildhall_core::{AccountId, ProductId};

use super::{
    Snapshot,
    held::{Held, Rows, project},
    roles::Roles,
};
use crate::{Account, AuthzError, Facts, Holder, Mapping, Role};

impl Snapshot {
    /// The same but for one holder, who has what these facts say of him and nothing else. Only their grants and memberships are
    /// read, and of those only his.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::new`], where his facts name an account or a role that is not there, or as a project one that is none.
    pub fn with_holder(&self, holder: Holder, facts: &Facts) -> Result<Self, AuthzError> {
        let mut changed = self.clone();
        let held = Rows::of(facts, holder).compile(&self.tree, &self.roles, &mut changed.auto_roles)?;
        let held = (!held.is_empty()).then(|| Arc::new(held));
        let memory = |held: Option<&Arc<Held>>| held.map_or(0, |held| held.memory());
        let (before, after) = (memory(self.holders.get(&holder)), memory(held.as_ref()));
        changed.held_memory = (self.held_memory + after).saturating_sub(before);
        changed.holders = self.holders.with(holder, held);
        Ok(changed)
    }

    /// The same with these accounts: one that is there is moved with all below it, one that is not is added, parents first. What
    /// anybody holds stays as it is and follows its accounts.
    ///
    /// # Errors
    ///
    /// [`AuthzError::UnknownParent`] or [`AuthzError::Cycle`].
    pub fn with_accounts(&self, accounts: &[Account]) -> Result<Self, AuthzError> {
        Ok(Self { tree: self.tree.with(accounts)?, ..self.clone() })
    }

    /// The same without an account and all below it, and with nothing that was held there. Where such an account comes back, it
    /// comes back bare: whoever has anything on it is to be told again.
    #[must_use]
    pub fn without_account(&self, account: AccountId) -> Self {
        Self { tree: self.tree.without(account), ..self.clone() }
    }

    /// The same with these roles and no others. Grants of a role that is left out hold nothing until it comes back.
    ///
    /// # Errors
    ///
    /// [`AuthzError::DuplicateRole`] or [`AuthzError::ForeignPermission`].
    pub fn with_roles(&self, roles: &[Role]) -> Result<Self, AuthzError> {
        let roles = Roles::new(roles, &self.roles)?;
        let auto_roles = self.auto_roles.with_roles(&roles);
        Ok(Self { roles: Arc::new(roles), auto_roles, ..self.clone() })
    }

    /// The same with these mappings and no others.
    ///
    /// # Errors
    ///
    /// [`AuthzError::UnknownRole`].
    pub fn with_mappings(&self, mappings: &[Mapping]) -> Result<Self, AuthzError> {
        Ok(Self { auto_roles: self.auto_roles.with_mappings(mappings, &self.roles)?, ..self.clone() })
    }

    /// The same with these products, and no others, in use in one project.
    ///
    /// # Errors
    ///
    /// [`AuthzError::UnknownAccount`] or [`AuthzError::NotAProject`].
    pub fn with_products_in_use(
        &self,
        account: AccountId,
        products: BTreeSet<ProductId>,
    ) -> Result<Self, AuthzError> {
        let project = project(&self.tree, account)?;
        let auto_roles = self.auto_roles.with_products(project, products, &self.roles);
        Ok(Self { auto_roles, ..self.clone() })
    }
}
