//! Roles that a workspace makes itself.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use guildhall_core::{Name, RoleCode, RoleId, RowVersion};
use serde::{Serialize, Serializer};

use crate::Permission;

/// A role that a workspace made for itself, of codes of the platform and of products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnRole {
    /// The role's id, one for life.
    pub id: RoleId,
    /// How it is spelled, once in the workspace.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
    /// What its holders may do, as far as it can be had in the workspace now.
    #[serde(serialize_with = "spelled")]
    pub permissions: BTreeSet<Permission>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// How often it was changed.
    pub version: RowVersion,
}

fn spelled<S: Serializer>(permissions: &BTreeSet<Permission>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(permissions.iter().map(ToString::to_string))
}
