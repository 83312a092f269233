//! Roles as sets of numbered permissions.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use foldhash::fast::RandomState;
use guildhall_core::RoleId;

use super::{
    bits::Bits,
    query::{ListQuery, Owners},
};
use crate::{AuthzError, Owner, Permission, Role};

/// The roles, and the permissions that any of them holds, both numbered.
#[derive(Debug, Clone, Default)]
pub(super) struct Roles {
    numbers: HashMap<RoleId, u32, RandomState>,
    /// By number.
    roles: Vec<Compiled>,
    permission_numbers: HashMap<Permission, u32, RandomState>,
    /// A permission's number is its place here, by owner and code.
    permissions: Vec<Permission>,
}

#[derive(Debug, Clone)]
struct Compiled {
    id: RoleId,
    /// `None` for a role that is no longer there.
    owner: Option<Owner>,
    held: Bits,
}

impl Roles {
    /// Compiles roles. Those of before keep their numbers, so that what names a role by its number need not change; one that is
    /// left out holds nothing from now on.
    pub(super) fn new(roles: &[Role], before: &Self) -> Result<Self, AuthzError> {
        let permissions: BTreeSet<&Permission> = roles.iter().flat_map(|role| &role.permissions).collect();
        let gone = |role: &Compiled| Compiled { id: role.id, owner: None, held: Bits::default() };
        let mut compiled = Self {
            numbers: before.numbers.clone(),
            roles: before.roles.iter().map(gone).collect(),
            permission_numbers: permissions.iter().map(|permission| (*permission).clone()).zip(0..).collect(),
            permissions: permissions.into_iter().cloned().collect(),
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
        let new = Compiled { id: role.id, owner: Some(role.owner), held };
        match self.numbers.get(&role.id).and_then(|number| self.roles.get_mut(*number as usize)) {
            None => {
                self.numbers.insert(role.id, u32::try_from(self.roles.len()).unwrap_or(u32::MAX));
                self.roles.push(new);
            }
            Some(known) if known.owner.is_none() => *known = new,
            Some(_) => return Err(AuthzError::DuplicateRole { role: role.id }),
        }
        Ok(())
    }

    /// The role's number, or `None` where there is no such role.
    pub(super) fn number(&self, role: RoleId) -> Option<u32> {
        let number = self.numbers.get(&role).copied()?;
        self.owner(number).map(|_| number)
    }

    /// The id of a numbered role.
    pub(super) fn id(&self, role: u32) -> Option<RoleId> {
        self.roles.get(role as usize).map(|role| role.id)
    }

    /// Whose a numbered role is; `None` for one that is no longer there.
    pub(super) fn owner(&self, role: u32) -> Option<Owner> {
        self.roles.get(role as usize)?.owner
    }

    /// What a numbered role holds.
    pub(super) fn held(&self, role: u32) -> Option<&Bits> {
        self.roles.get(role as usize).map(|role| &role.held)
    }

    /// The roles that hold a numbered permission, by id.
    pub(super) fn holding(&self, permission: u32) -> Vec<RoleId> {
        let holding = self.roles.iter().filter(|role| role.held.contains(permission));
        BTreeSet::from_iter(holding.map(|role| role.id)).into_iter().collect()
    }

    /// The permission's number, or `None` where no role holds it.
    pub(super) fn permission(&self, permission: &Permission) -> Option<u32> {
        self.permission_numbers.get(permission).copied()
    }

    /// The permissions behind numbers, by owner and code.
    pub(super) fn permissions<'a>(&'a self, numbers: &'a Bits) -> impl Iterator<Item = &'a Permission> {
        numbers.iter().filter_map(|number| self.permissions.get(number as usize))
    }

    /// The numbers of the permissions that somebody asks for.
    pub(super) fn asked(&self, query: &ListQuery) -> Bits {
        let owned: Vec<_> = match &query.owners {
            Owners::All => std::iter::once(0..self.permissions.len()).collect(),
            Owners::Only(owners) => owners.iter().map(|owner| self.owned_by(*owner)).collect(),
        };
        let numbered = owned
            .into_iter()
            .flat_map(|range| self.permissions.get(range.clone()).unwrap_or_default().iter().zip(range));
        let asked = numbered.filter(|(permission, _)| query.names(&permission.code));
        asked.filter_map(|(_, number)| u32::try_from(number).ok()).collect()
    }

    /// Where an owner's permissions stand: beside each other, since owners come first in the order.
    fn owned_by(&self, owner: Owner) -> Range<usize> {
        let start = self.permissions.partition_point(|permission| permission.owner < owner);
        let end = self.permissions.partition_point(|permission| permission.owner <= owner);
        start..end
    }
}
