//! Meta roles: what products map their own roles to.

use std::str::FromStr;

use guildhall_core::{MetaRoleCode, MetaRoleId, Name, RowVersion, ValueError};
use serde::{Deserialize, Serialize};

/// A role of the platform's that members of projects have, and that products map their own roles to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetaRole {
    /// The meta role's id.
    pub id: MetaRoleId,
    /// How it is spelled: mappings and memberships name it so, and it never changes.
    pub code: MetaRoleCode,
    /// What people call it.
    pub name: Name,
    /// Who gives it to members of projects.
    pub given_by: GivenBy,
    /// Whether every platform has it: it follows from a role of projects, and nobody gives, changes or removes it.
    pub built_in: bool,
    /// How often it was changed.
    pub version: RowVersion,
}

/// Who gives a meta role to members of projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum GivenBy {
    /// The owners of the project, and the workspace's admins.
    Owner,
    /// The workspace's admins alone.
    WorkspaceAdmin,
}

impl GivenBy {
    /// As it is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "OWNER",
            Self::WorkspaceAdmin => "WORKSPACE_ADMIN",
        }
    }
}

impl FromStr for GivenBy {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text {
            "OWNER" => Ok(Self::Owner),
            "WORKSPACE_ADMIN" => Ok(Self::WorkspaceAdmin),
            _ => Err(ValueError::new("must be OWNER or WORKSPACE_ADMIN")),
        }
    }
}
