//! Meta roles on the wire.

use guildhall_authz::GivenBy;
use guildhall_core::{MetaRoleCode, MetaRoleId, Name, PermissionCode};
use guildhall_kernel::MetaRoleShown;
use serde::Serialize;
use utoipa::ToSchema;

/// A role of the platform's that products map their own roles to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MetaRoleView {
    /// The meta role's id.
    pub id: MetaRoleId,
    /// How it is spelled, for good: mappings and members name it so.
    pub code: MetaRoleCode,
    /// What people call it.
    pub name: Name,
    /// Who gives it to members of projects.
    pub given_by: GivenBy,
    /// Whether every platform has it: it follows from a role of projects, and neither changes nor goes.
    pub built_in: bool,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl From<MetaRoleShown> for MetaRoleView {
    fn from(shown: MetaRoleShown) -> Self {
        let MetaRoleShown { meta_role, permissions } = shown;
        Self {
            id: meta_role.id,
            code: meta_role.code,
            name: meta_role.name,
            given_by: meta_role.given_by,
            built_in: meta_role.built_in,
            permissions,
        }
    }
}
