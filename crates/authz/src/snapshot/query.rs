//! What a list of permissions is asked for.

use std::collections::BTreeSet;

use guildhall_core::{AccountId, PermissionCode, ProductId};

use crate::{Owner, Permission};

/// Whose permissions a list answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owners {
    /// Everybody's.
    All,
    /// Those of these owners alone; none of them, none at all.
    Only(BTreeSet<Owner>),
}

impl Owners {
    /// One product's.
    pub fn product(product: ProductId) -> Self {
        Self::Only([Owner::Product(product)].into())
    }
}

/// What somebody holds on which accounts: the question of the permission query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// This account and all below it.
    pub below: AccountId,
    /// Whose permissions.
    pub owners: Owners,
    /// Which codes; `None` or an empty list for all.
    pub codes: Option<Vec<PermissionCode>>,
}

impl ListQuery {
    pub(super) fn asks_for(&self, permission: &Permission) -> bool {
        let owner = match &self.owners {
            Owners::All => true,
            Owners::Only(owners) => owners.contains(&permission.owner),
        };
        let code =
            self.codes.as_ref().is_none_or(|codes| codes.is_empty() || codes.contains(&permission.code));
        owner && code
    }
}
