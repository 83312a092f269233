//! The roles that a product knows, and what they hold.

use std::collections::BTreeMap;

use guildhall_core::{MetaRoleCode, Name, PermissionCode, ProductId, RoleCode, RoleId};
use serde::Serialize;

use crate::{Mapping, ProductVersion, newest_published};

/// A role as one version of a product declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppRole {
    /// The id that the product's role of this code has for life.
    pub role_id: RoleId,
    /// How the product spells the role.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
    /// The product's own codes that it holds.
    pub permissions: Vec<PermissionCode>,
    /// The meta roles that it is mapped to when the version is published.
    pub meta_roles: Vec<MetaRoleCode>,
}

impl AppRole {
    /// What it says, without its id.
    pub fn definition(&self) -> RoleDefinition {
        RoleDefinition {
            code: self.code.clone(),
            name: self.name.clone(),
            permissions: self.permissions.clone(),
            meta_roles: self.meta_roles.clone(),
        }
    }
}

/// A role as somebody writes it down for a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleDefinition {
    /// How the product spells the role.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
    /// The product's own codes that it holds.
    pub permissions: Vec<PermissionCode>,
    /// The meta roles that it is mapped to when the version is published.
    pub meta_roles: Vec<MetaRoleCode>,
}

impl RoleDefinition {
    /// The same role with each code named once, in the order in which it was first named.
    #[must_use]
    pub(crate) fn normalized(self) -> Self {
        Self { permissions: unique(self.permissions), meta_roles: unique(self.meta_roles), ..self }
    }

    /// The role under the id that it has for life.
    pub(crate) fn with_id(self, role_id: RoleId) -> AppRole {
        AppRole {
            role_id,
            code: self.code,
            name: self.name,
            permissions: self.permissions,
            meta_roles: self.meta_roles,
        }
    }
}

/// The identity of a product's role: one id for each (product, code), whatever versions come and go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductRole {
    /// The role's id, to which grants refer.
    pub id: RoleId,
    /// Whose role it is.
    pub product_id: ProductId,
    /// How the product spells it.
    pub code: RoleCode,
}

/// What a product's role holds now, and who holds it in a project without a grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectiveRole {
    /// The role.
    pub role: ProductRole,
    /// What the newest published version calls it; `None` where that version does not know it.
    pub name: Option<Name>,
    /// Its codes in the newest published version; empty where that version does not know it.
    pub permissions: Vec<PermissionCode>,
    /// The meta roles that it is mapped to.
    pub meta_roles: Vec<MetaRoleCode>,
}

/// What each of one product's roles holds, by its newest published version. A role that is missing there stays, so that its
/// grants stay, and holds nothing.
pub fn effective_roles(
    roles: &[ProductRole],
    versions: &[ProductVersion],
    mappings: &[Mapping],
) -> Vec<EffectiveRole> {
    let declared: BTreeMap<RoleId, &AppRole> = newest_published(versions)
        .map(|newest| newest.roles.iter().map(|role| (role.role_id, role)).collect())
        .unwrap_or_default();
    let mapped: BTreeMap<RoleId, &Mapping> =
        mappings.iter().map(|mapping| (mapping.role_id, mapping)).collect();
    roles
        .iter()
        .map(|role| EffectiveRole {
            role: role.clone(),
            name: declared.get(&role.id).map(|app| app.name.clone()),
            permissions: declared.get(&role.id).map(|app| app.permissions.clone()).unwrap_or_default(),
            meta_roles: mapped.get(&role.id).map(|mapping| mapping.meta_roles.clone()).unwrap_or_default(),
        })
        .collect()
}

/// The values without repetition, in the order of their first appearance.
pub(crate) fn unique<T: Clone + Ord>(values: Vec<T>) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    values.into_iter().filter(|value| seen.insert(value.clone())).collect()
}

/// What appears more than once.
pub(crate) fn duplicates<'v, T: Clone + Ord + 'v>(values: impl IntoIterator<Item = &'v T>) -> Vec<T> {
    let mut counts = BTreeMap::<&T, usize>::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(value, _)| value.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{VersionState, testing};

    #[test]
    fn a_role_holds_what_the_newest_published_version_gives_it() {
        let old = ProductVersion {
            roles: vec![
                testing::app_role(1, "REVIEWER", &["READ"]),
                testing::app_role(2, "EDITOR", &["EDIT"]),
            ],
            ..testing::published(1)
        };
        let new = ProductVersion {
            roles: vec![testing::app_role(1, "REVIEWER", &["READ", "ADD_REVIEW"])],
            ..testing::published(2)
        };
        let roles = [testing::product_role(1, "REVIEWER"), testing::product_role(2, "EDITOR")];

        let effective = effective_roles(&roles, &[new, old], &[]);

        assert_eq!(effective[0].permissions, testing::codes(&["READ", "ADD_REVIEW"]));
        assert_eq!(effective[1].permissions, []);
        assert_eq!(effective[1].name, None);
    }

    #[test]
    fn without_a_published_version_no_role_holds_anything() {
        let draft = ProductVersion {
            roles: vec![testing::app_role(1, "REVIEWER", &["READ"])],
            state: VersionState::Draft,
            ..testing::version(1)
        };

        let effective = effective_roles(&[testing::product_role(1, "REVIEWER")], &[draft], &[]);

        assert_eq!(effective[0].permissions, []);
    }

    #[test]
    fn a_role_carries_the_meta_roles_of_its_mapping() {
        let mapping = testing::mapping(1, "REVIEWER", &["PROJECT_CONTRIBUTOR"]);

        let effective =
            effective_roles(&[testing::product_role(1, "REVIEWER")], &[], std::slice::from_ref(&mapping));

        assert_eq!(effective[0].meta_roles, mapping.meta_roles);
    }
}
