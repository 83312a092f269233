//! Which meta roles a product's roles follow from.

use guildhall_core::{MetaRoleCode, ProductId, RoleCode, RoleId};
use serde::Serialize;

/// A member of a project with one of these meta roles holds this role of a product that the project uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mapping {
    /// Whose role it is.
    pub product_id: ProductId,
    /// The product's role.
    pub role_id: RoleId,
    /// How the product spells it.
    pub code: RoleCode,
    /// The meta roles that give it; never empty.
    pub meta_roles: Vec<MetaRoleCode>,
}
