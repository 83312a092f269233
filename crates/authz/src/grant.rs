//! Grants: roles given to somebody on an account.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, GrantId, Principal, RoleId};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// A role that somebody holds on an account and on every account below it, as the engine takes it in: either stored, or
/// derived from another fact such as a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The stored grant's id; `None` where the grant is derived.
    pub id: Option<GrantId>,
    /// Who holds the role.
    pub holder: Principal,
    /// The role.
    pub role: RoleId,
    /// Where it begins to hold.
    pub account: AccountId,
    /// From when on it holds no more; `None` for no end.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Grant {
    /// A grant that follows from another fact: it has no row of its own and lasts as long as that fact.
    pub const fn derived(holder: Principal, role: RoleId, account: AccountId) -> Self {
        Self { id: None, holder, role, account, expires_at: None }
    }
}

/// A grant as a store keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StoredGrant {
    /// The grant's id.
    pub id: GrantId,
    /// Who holds the role.
    #[serde(serialize_with = "by_kind")]
    pub holder: Principal,
    /// The role.
    pub role: RoleId,
    /// Where it begins to hold.
    pub account: AccountId,
    /// From when on it holds no more; `None` for no end.
    pub expires_at: Option<DateTime<Utc>>,
}

impl From<StoredGrant> for Grant {
    fn from(stored: StoredGrant) -> Self {
        let StoredGrant { id, holder, role, account, expires_at } = stored;
        Self { id: Some(id), holder, role, account, expires_at }
    }
}

/// `{"user_id": ...}` or `{"service_account_id": ...}`.
fn by_kind<S: Serializer>(holder: &Principal, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    match holder {
        Principal::User(id) => map.serialize_entry("user_id", id)?,
        Principal::ServiceAccount(id) => map.serialize_entry("service_account_id", id)?,
    }
    map.end()
}
