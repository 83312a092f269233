//! Groups: members of a workspace who hold roles together.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, GroupId, Name, RowVersion, Text, UserId};
use serde::Serialize;

/// A group of members. What is granted to it, each of its members holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The group's id.
    pub id: GroupId,
    /// The account that it belongs to: it is managed there, and holds roles there and below alone.
    pub account: AccountId,
    /// What people call it; no other group of the workspace is called so, in any case of its letters.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// How often it was changed.
    pub version: RowVersion,
}

/// A user's part in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GroupMembership {
    /// The group.
    #[serde(rename = "group_id")]
    pub group: GroupId,
    /// The member.
    #[serde(rename = "user_id")]
    pub user: UserId,
    /// Since when.
    pub added_at: DateTime<Utc>,
}
