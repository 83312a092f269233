//! Groups on the wire.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, Email, GroupId, Name, PermissionCode, Text, UserId};
use guildhall_identity::User;
use guildhall_kernel::{GroupMemberShown, GroupShown};
use serde::Serialize;
use utoipa::ToSchema;

/// A group of members.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GroupView {
    /// The group's id.
    pub id: GroupId,
    /// The account that it belongs to: it holds roles there and below alone.
    pub account_id: AccountId,
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// A member of a group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GroupMemberView {
    /// The person.
    pub user: GroupMemberUserView,
    /// Since when he is in it.
    pub added_at: DateTime<Utc>,
}

/// A person who is in a group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GroupMemberUserView {
    /// The user's id.
    pub id: UserId,
    /// His address.
    pub email: Email,
    /// Given name.
    pub firstname: Name,
    /// Family name.
    pub lastname: Name,
}

impl From<GroupShown> for GroupView {
    fn from(shown: GroupShown) -> Self {
        let GroupShown { group, permissions } = shown;
        Self {
            id: group.id,
            account_id: group.account,
            name: group.name,
            description: group.description,
            created_at: group.created_at,
            permissions,
        }
    }
}

impl From<GroupMemberShown> for GroupMemberView {
    fn from(shown: GroupMemberShown) -> Self {
        let GroupMemberShown { user: User { id, email, profile, .. }, added_at } = shown;
        let user =
            GroupMemberUserView { id, email, firstname: profile.firstname, lastname: profile.lastname };
        Self { user, added_at }
    }
}
