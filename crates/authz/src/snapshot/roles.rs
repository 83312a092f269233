//! Roles as sets of numbered permissions.

use std::collections::{BTreeSet, HashMap};

use guildhall_core::RoleId;

use super::bits::Bits;
use crate::{AuthzError, Permission, Role};

/// The roles, and the permissions that any of them holds, both numbered.
#[derive(Debug, Clone)]
pub(super) struct Roles {
    numbers: HashMap<RoleId, usize>,
    ids: Vec<RoleId>,
    /// What each role holds, by the role's number, as permissions' numbers.
    held: Vec<Bits>,
    /// A permission's number is its place here, by owner and code.
    permissions: Vec<Permission>,
}

impl Roles {
    pub(super) fn new(roles: &[Role]) -> Result<Self, AuthzError> {
        let permissions: BTreeSet<Permission> =
            roles.iter().flat_map(|role| &role.permissions).cloned().collect();
        let mut compiled = Self {
            numbers: HashMap::new(),
            ids: Vec::with_capacity(roles.len()),
            held: Vec::with_capacity(roles.len()),
            permissions: permissions.into_iter().collect(),
        };
        for role in roles {
            compiled.add(role)?;
        }
        Ok(compiled)
    }

    fn add(&mut self, role: &Role) -> Result<(), AuthzError> {
        let mut held = Bits::default();
        for permission in &role.permissions {
            if !role.may_hold(permission) {
                return Err(AuthzError::ForeignPermission { role: role.id, permission: permission.clone() });
            }
            if let Some(number) = self.permission(permission) {
                held.insert(number);
            }
        }
        if self.numbers.insert(role.id, self.held.len()).is_some() {
            return Err(AuthzError::DuplicateRole { role: role.id });
        }
        self.ids.push(role.id);
        self.held.push(held);
        Ok(())
    }

    /// The role's number, or `None` where there is no such role.
    pub(super) fn number(&self, role: RoleId) -> Option<usize> {
        self.numbers.get(&role).copied()
    }

    /// The id of a numbered role.
    pub(super) fn id(&self, role: usize) -> Option<RoleId> {
        self.ids.get(role).copied()
    }

    /// The roles that hold a numbered permission, by id.
    pub(super) fn holding(&self, permission: usize) -> Vec<RoleId> {
        let held = self.ids.iter().zip(&self.held).filter(|(_, held)| held.contains(permission));
        BTreeSet::from_iter(held.map(|(&id, _)| id)).into_iter().collect()
    }

    /// What a numbered role holds.
    pub(super) fn held(&self, role: usize) -> Option<&Bits> {
        self.held.get(role)
    }

    /// The permission's number, or `None` where no role holds it.
    pub(super) fn permission(&self, permission: &Permission) -> Option<usize> {
        self.permissions.binary_search(permission).ok()
    }

    /// The permissions behind numbers, by owner and code.
    pub(super) fn permissions<'a>(&'a self, numbers: &'a Bits) -> impl Iterator<Item = &'a Permission> {
        numbers.iter().filter_map(|number| self.permissions.get(number))
    }
}
