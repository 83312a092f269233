//! Grants on the wire.

use chrono::{DateTime, Utc};
use guildhall_authz::Holder;
use guildhall_core::{AccountId, GrantId, GroupId, PermissionCode, RoleId, ServiceAccountId, UserId};
use guildhall_kernel::GrantShown;
use serde::Serialize;
use utoipa::ToSchema;

/// A role that somebody holds on an account and below.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GrantView {
    /// The grant's id.
    pub id: GrantId,
    /// The member who holds it; `null` where it is none.
    pub user_id: Option<UserId>,
    /// The group that holds it, for its members; `null` where it is none.
    pub group_id: Option<GroupId>,
    /// The service account that holds it; `null` where it is none.
    pub service_account_id: Option<ServiceAccountId>,
    /// The role.
    pub role_id: RoleId,
    /// Where it begins to hold.
    pub account_id: AccountId,
    /// From when on it holds no more; `null` for no end.
    pub expires_at: Option<DateTime<Utc>>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl From<GrantShown> for GrantView {
    fn from(shown: GrantShown) -> Self {
        let GrantShown { grant, permissions } = shown;
        let (user_id, group_id, service_account_id) = match grant.holder {
            Holder::User(id) => (Some(id), None, None),
            Holder::Group(id) => (None, Some(id), None),
            Holder::ServiceAccount(id) => (None, None, Some(id)),
        };
        Self {
            id: grant.id,
            user_id,
            group_id,
            service_account_id,
            role_id: grant.role,
            account_id: grant.account,
            expires_at: grant.expires_at,
            permissions,
        }
    }
}
