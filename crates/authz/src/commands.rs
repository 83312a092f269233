//! What the use cases of authorization are asked.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, MetaRoleCode, Name, RoleCode, RoleId, Text};

use crate::{GivenBy, Holder, Permission};

/// A group to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroup {
    /// The account that it belongs to.
    pub account: AccountId,
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
}

/// What changes of a group; what is `None` stays, `Some(None)` clears.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupPatch {
    /// The new name.
    pub name: Option<Name>,
    /// What it is for.
    pub description: Option<Option<Text>>,
}

/// A role of the workspace's own to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    /// How it is spelled.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
    /// What its holders may do.
    pub permissions: BTreeSet<Permission>,
}

/// What changes of a workspace's own role; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RolePatch {
    /// How it is spelled from now on.
    pub code: Option<RoleCode>,
    /// The new name.
    pub name: Option<Name>,
    /// All that its holders may do from now on.
    pub permissions: Option<BTreeSet<Permission>>,
}

/// A meta role to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMetaRole {
    /// How it is spelled, for good.
    pub code: MetaRoleCode,
    /// What people call it.
    pub name: Name,
    /// Who gives it to members of projects.
    pub given_by: GivenBy,
}

/// What changes of a meta role; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetaRolePatch {
    /// The new name.
    pub name: Option<Name>,
    /// Who gives it from now on.
    pub given_by: Option<GivenBy>,
}

/// A grant to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewGrant {
    /// Who will hold the role.
    pub holder: Holder,
    /// The role.
    pub role: RoleId,
    /// Where it begins to hold.
    pub account: AccountId,
    /// From when on it holds no more; `None` for no end.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Which stored grants are asked for; `None` for any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GrantFilter {
    /// Those on this very account.
    pub account: Option<AccountId>,
    /// Those of this holder.
    pub holder: Option<Holder>,
    /// Those of this role.
    pub role: Option<RoleId>,
}
