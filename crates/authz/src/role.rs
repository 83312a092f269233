//! Roles and the permissions that they hold.

use std::{collections::BTreeSet, fmt};

use guildhall_core::{Name, PermissionCode, ProductId, RoleCode, RoleId, WorkspaceId};
use serde::Serialize;

/// Whose a role or a permission is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", content = "id", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Owner {
    /// The platform itself.
    Platform,
    /// One product.
    Product(ProductId),
    /// One workspace. It owns roles, never permissions.
    Workspace(WorkspaceId),
}

/// What somebody may do. Two owners may spell a code alike: these are two permissions, and neither answers for the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Permission {
    /// The platform or the product that asks for it.
    pub owner: Owner,
    /// The code, as the owner spells it.
    pub code: PermissionCode,
}

impl Permission {
    /// A permission of the platform.
    pub const fn platform(code: PermissionCode) -> Self {
        Self { owner: Owner::Platform, code }
    }

    /// A permission of one product.
    pub const fn product(product: ProductId, code: PermissionCode) -> Self {
        Self { owner: Owner::Product(product), code }
    }
}

/// The code, after its product's id where it has one: `ITEM_EDIT`, `<product id>/ADD_REVIEW`.
impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.owner {
            Owner::Platform => write!(f, "{}", self.code),
            Owner::Product(product) => write!(f, "{product}/{}", self.code),
            Owner::Workspace(workspace) => write!(f, "{workspace}/{}", self.code),
        }
    }
}

/// A named set of permissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Role {
    /// The role's id, one for life: grants name it.
    pub id: RoleId,
    /// Who made the role.
    pub owner: Owner,
    /// The role as its owner spells it.
    pub code: RoleCode,
    /// The role as people read it.
    pub name: Name,
    /// What its holders may do. An empty set is a role that holds nothing and keeps its grants.
    pub permissions: BTreeSet<Permission>,
}

impl Role {
    /// Whether a role of this owner can hold the permission: a product's role holds its own codes alone, the platform's
    /// likewise, and a workspace's own role may mix both.
    pub fn may_hold(&self, permission: &Permission) -> bool {
        match (self.owner, permission.owner) {
            (_, Owner::Workspace(_)) => false,
            (Owner::Workspace(_), Owner::Platform | Owner::Product(_)) => true,
            (role, permission) => role == permission,
        }
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::{IdGenerator, testing::SequentialIds};

    use super::*;
    use crate::testing::role;

    const READ: PermissionCode = PermissionCode::fixed("READ");

    #[test]
    fn a_products_role_holds_its_own_codes_alone() {
        let ids = SequentialIds::default();
        let (product, other) = (ProductId::new(ids.uuid()), ProductId::new(ids.uuid()));

        let reviewer = role(&ids, Owner::Product(product), []);

        assert!(reviewer.may_hold(&Permission::product(product, READ)));
        assert!(!reviewer.may_hold(&Permission::product(other, READ)));
        assert!(!reviewer.may_hold(&Permission::platform(READ)));
    }

    #[test]
    fn a_workspaces_role_mixes_codes_of_the_platform_and_of_products() {
        let ids = SequentialIds::default();
        let workspace = Owner::Workspace(WorkspaceId::new(ids.uuid()));

        let own = role(&ids, workspace, []);

        assert!(own.may_hold(&Permission::platform(READ)));
        assert!(own.may_hold(&Permission::product(ProductId::new(ids.uuid()), READ)));
        assert!(!own.may_hold(&Permission { owner: workspace, code: READ }));
    }

    #[test]
    fn a_permission_is_printed_with_its_product() {
        let product = ProductId::new(SequentialIds::default().uuid());

        assert_eq!(Permission::platform(READ).to_string(), "READ");
        assert_eq!(Permission::product(product, READ).to_string(), format!("{product}/READ"));
    }
}
