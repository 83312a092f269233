//! Grants: roles given to somebody on an account.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, GrantId, RoleId, RowVersion};
use serde::Serialize;

use crate::Holder;

/// A role that somebody holds on an account and on every account below it, as the engine takes it in: either stored, or
/// derived from another fact such as a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The stored grant's id; `None` where the grant is derived.
    pub id: Option<GrantId>,
    /// Who holds the role.
    pub holder: Holder,
    /// The role.
    pub role: RoleId,
    /// Where it begins to hold.
    pub account: AccountId,
    /// From when on it holds no more; `None` for no end.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Grant {
    /// A grant that follows from another fact: it has no row of its own and lasts as long as that fact.
    pub fn derived(holder: impl Into<Holder>, role: RoleId, account: AccountId) -> Self {
        Self { id: None, holder: holder.into(), role, account, expires_at: None }
    }
}

/// A grant as a store keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StoredGrant {
    /// The grant's id.
    pub id: GrantId,
    /// Who holds the role.
    pub holder: Holder,
    /// The role.
    pub role: RoleId,
    /// Where it begins to hold.
    pub account: AccountId,
    /// From when on it holds no more; `None` for no end.
    pub expires_at: Option<DateTime<Utc>>,
    /// How often it was changed.
    pub version: RowVersion,
}

impl From<StoredGrant> for Grant {
    fn from(stored: StoredGrant) -> Self {
        let StoredGrant { id, holder, role, account, expires_at, version: _ } = stored;
        Self { id: Some(id), holder, role, account, expires_at }
    }
}
