//! A snapshot that follows the changes of a world one by one.

use guildhall_authz::{AuthzError, Facts, Snapshot};

use super::world::Changed;

/// The snapshot after a change, told no more than the change is about.
pub(crate) fn follow(before: &Snapshot, facts: &Facts, changed: Changed) -> Result<Snapshot, AuthzError> {
    match changed {
        Changed::Nothing => Ok(before.clone()),
        Changed::Holder(holder) => before.with_holder(holder, facts),
        Changed::Accounts(accounts) => before.with_accounts(&accounts),
        Changed::Gone(account) => Ok(before.without_account(account)),
        Changed::Roles => before.with_roles(&facts.roles),
        Changed::Mappings => before.with_mappings(&facts.mappings),
        Changed::InUse(account) => {
            let products = facts.products_in_use.iter().filter(|used| used.account == account);
            before.with_products_in_use(account, products.map(|used| used.product).collect())
        }
    }
}
