//! What a list of permissions is asked for.

use std::collections::BTreeSet;

use guildhall_core::{AccountId, PermissionCode, ProductId};

use crate::Owner;

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
    /// How many accounts to skip.
    pub offset: usize,
    /// How many accounts to answer at most. What the rest of them would cost is not paid.
    pub limit: usize,
}

impl ListQuery {
    /// All that anybody's codes give on the account and below it, from the first account to the last.
    pub const fn all(below: AccountId) -> Self {
        Self { below, owners: Owners::All, codes: None, offset: 0, limit: usize::MAX }
    }

    /// Whether a code is one of those that are asked for.
    pub(super) fn names(&self, code: &PermissionCode) -> bool {
        self.codes.as_ref().is_none_or(|codes| codes.is_empty() || codes.contains(code))
    }
}
