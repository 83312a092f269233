//! What the engine is told: everything that a decision follows from.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::{AccountId, GroupId, MetaRoleCode, ProductId, RoleId, UserId};

use crate::{Account, Grant, Holder, Owner, Role};

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

impl Facts {
    /// The auto roles: what members of projects hold because a product in use maps a role to one of their meta roles.
    /// Derived whenever they are asked for and kept nowhere, so that they end with any of their reasons.
    pub fn auto_roles(&self) -> Vec<Grant> {
        let held: BTreeSet<_> = self
            .auto_role_reasons()
            .into_iter()
            .map(|(account, user, role, ..)| (account, user, role))
            .collect();
        held.into_iter()
            .map(|(account, user, role)| Grant::derived(Holder::User(user), role, account))
            .collect()
    }

    /// Each auto role once for each product and meta role that bring it.
    pub(crate) fn auto_role_reasons(&self) -> BTreeSet<(AccountId, UserId, RoleId, ProductId, MetaRoleCode)> {
        let mapped = self.mapped_roles();
        let in_use: BTreeSet<(AccountId, ProductId)> =
            self.products_in_use.iter().map(|used| (used.account, used.product)).collect();
        let mut held = BTreeSet::new();
        for member in &self.members {
            for meta_role in &member.meta_roles {
                for &(product, role) in mapped.get(meta_role).into_iter().flatten() {
                    if in_use.contains(&(member.account, product)) {
                        held.insert((member.account, member.user, role, product, meta_role.clone()));
                    }
                }
            }
        }
        held
    }

    /// For each meta role the product roles that are mapped to it, each with its product.
    fn mapped_roles(&self) -> BTreeMap<&MetaRoleCode, Vec<(ProductId, RoleId)>> {
        let products: BTreeMap<RoleId, ProductId> = self
            .roles
            .iter()
            .filter_map(|role| match role.owner {
                Owner::Product(product) => Some((role.id, product)),
                Owner::Platform | Owner::Workspace(_) => None,
            })
            .collect();
        let mut mapped: BTreeMap<&MetaRoleCode, Vec<(ProductId, RoleId)>> = BTreeMap::new();
        for mapping in &self.mappings {
            if let Some(&product) = products.get(&mapping.role) {
                mapped.entry(&mapping.meta_role).or_default().push((product, mapping.role));
            }
        }
        mapped
    }
}
