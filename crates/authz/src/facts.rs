//! What the engine is told: everything that a decision follows from.

use guildhall_core::{AccountId, GroupId, MetaRoleCode, ProductId, RoleId, UserId};

use crate::{Account, Grant, Role};

/// Everything that decisions follow from, as plain rows in any order. Whoever fills them leaves out what does not count now:
/// suspended members, archived projects and items, products that are not available.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The tree.
    pub accounts: Vec<Account>,
    /// The roles that grants and mappings name.
    pub roles: Vec<Role>,
    /// Stored grants, and those that follow from memberships.
    pub grants: Vec<Grant>,
    /// Who is a member of which group.
    pub group_members: Vec<GroupMember>,
    /// Who is a member of which project.
    pub members: Vec<ProjectMember>,
    /// Which products the projects' workflows use.
    pub products_in_use: Vec<ProductInUse>,
    /// Which meta roles bring which product roles with them.
    pub mappings: Vec<Mapping>,
}

/// A user's membership of a group: whatever the group holds, he holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupMember {
    /// The group.
    pub group: GroupId,
    /// The member.
    pub user: UserId,
}

/// A user's membership of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectMember {
    /// The project's account.
    pub account: AccountId,
    /// The member.
    pub user: UserId,
    /// The meta roles that he has in the project.
    pub meta_roles: Vec<MetaRoleCode>,
}

/// A product that uses the platform's authorization and has an item on the project's workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProductInUse {
    /// The project's account.
    pub account: AccountId,
    /// The product.
    pub product: ProductId,
}

/// Members with the meta role hold the product's role, in every project that uses the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// A product's role; a mapping of any other role brings nothing.
    pub role: RoleId,
    /// The meta role.
    pub meta_role: MetaRoleCode,
}
