//! The engine: facts compiled once, changed as they change, and asked as often as one likes.
//!
//! Accounts, roles and permissions become small numbers. Each holder has one list of holdings, ordered by account. Every answer
//! comes from [`Snapshot::having`]: walk from the account up to the root and take what somebody has there. A snapshot never changes;
//! a change makes another one, which shares with it all but what the change is about.

mod auto_roles;
mod bits;
mod builder;
mod explain;
mod held;
mod list;
mod query;
mod roles;
mod shards;
#[cfg(test)]
mod tests;
mod told;
mod tree;
mod update;

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, Principal};

use self::{
    auto_roles::AutoRoles,
    bits::Bits,
    held::{Held, Rows},
    roles::Roles,
    shards::Shards,
    tree::{Number, Tree},
};
pub use self::{
    builder::SnapshotBuilder,
    list::{AccountSet, Listed},
    query::{ListQuery, Owners},
};
use crate::{AuthzError, Facts, Holder, Permission};

/// All that is needed to decide, as it was at one moment. Whoever and whatever it does not know has nothing. A clone costs next to
/// nothing.
#[derive(Debug, Clone)]
pub struct Snapshot {
    tree: Tree,
    roles: Arc<Roles>,
    auto_roles: AutoRoles,
    holders: Shards<Holder, Arc<Held>>,
    /// About how many bytes all that holders have takes.
    held_memory: usize,
}

/// One role that somebody has on an account of a path, in numbers.
#[derive(Clone, Copy)]
struct Having<'a> {
    by: By<'a>,
    account: Number,
    role: u32,
    origin: Origin,
}

/// Somebody who has something: he who asks, or one of his groups.
#[derive(Clone, Copy)]
struct By<'a> {
    holder: Holder,
    held: &'a Held,
}

/// What gives a role.
#[derive(Clone, Copy)]
enum Origin {
    /// The holding at this place of the list.
    Holding(usize),
    /// A meta role in the project.
    MetaRole(u32),
}

impl Having<'_> {
    fn end(&self) -> Option<DateTime<Utc>> {
        match self.origin {
            Origin::Holding(place) => self.by.held.end(place),
            Origin::MetaRole(_) => None,
        }
    }

    fn holds_at(&self, now: DateTime<Utc>) -> bool {
        self.end().is_none_or(|end| now < end)
    }
}

impl Snapshot {
    /// Compiles facts.
    ///
    /// # Errors
    ///
    /// Facts that contradict themselves make no snapshot: an account or a role that is named and not there, or there twice,
    /// an account above itself, a project's fact on another account, a role with a permission that is not its owner's.
    pub fn new(facts: &Facts) -> Result<Self, AuthzError> {
        let tree = Tree::new(&facts.accounts)?;
        let roles = Roles::new(&facts.roles, &Roles::default())?;
        let mut auto_roles = AutoRoles::new(&facts.mappings, &facts.products_in_use, &tree, &roles)?;
        let mut holders = Vec::new();
        for (holder, rows) in Rows::by_holder(facts) {
            holders.push((holder, Arc::new(rows.compile(&tree, &roles, &mut auto_roles)?)));
        }
        let held_memory = holders.iter().map(|(_, held)| held.memory()).sum();
        let holders = Shards::new(holders.into_iter());
        Ok(Self { tree, roles: Arc::new(roles), auto_roles, holders, held_memory })
    }

    /// A snapshot by hand, fact by fact.
    pub fn builder() -> SnapshotBuilder {
        SnapshotBuilder::default()
    }

    /// Whether the principal has the permission on the account.
    pub fn allows(
        &self,
        principal: Principal,
        permission: &Permission,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> bool {
        let Some(permission) = self.roles.permission(permission) else { return false };
        let Some(account) = self.tree.number(account) else { return false };
        self.roles_held(self.lists_of(principal), account, now).any(|role| role.contains(permission))
    }

    /// Everything that the principal may do on the account.
    pub fn permissions(
        &self,
        principal: Principal,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> BTreeSet<Permission> {
        let Some(account) = self.tree.number(account) else { return BTreeSet::new() };
        let mut held = Bits::default();
        self.roles_held(self.lists_of(principal), account, now).for_each(|role| held.unite(role));
        self.roles.permissions(&held).cloned().collect()
    }

    /// Whether the principal may do anything at all on the account: what admits to a workspace.
    pub fn holds_any(&self, principal: Principal, account: AccountId, now: DateTime<Utc>) -> bool {
        self.tree.number(account).is_some_and(|account| {
            self.roles_held(self.lists_of(principal), account, now).any(|role| !role.is_empty())
        })
    }

    /// The account and all above it, up to the root; empty where there is no such account.
    pub fn path(&self, account: AccountId) -> Vec<AccountId> {
        let path = self.tree.number(account).into_iter().flat_map(|number| self.tree.path(number));
        path.filter_map(|number| self.tree.id(number)).collect()
    }

    /// Whether there is such an account.
    pub fn contains(&self, account: AccountId) -> bool {
        self.tree.number(account).is_some()
    }

    /// What each role holds that somebody has on the account or above it now.
    fn roles_held<'a>(
        &'a self,
        lists: impl Iterator<Item = By<'a>>,
        account: Number,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = &'a Bits> {
        self.having(lists, account)
            .filter(move |having| having.holds_at(now))
            .filter_map(|having| self.roles.held(having.role))
    }

    /// The one evaluator: all that somebody has on the account or above it, whether or not it has expired. Nothing else in this
    /// crate looks at grants and memberships to decide.
    fn having<'a>(
        &'a self,
        lists: impl Iterator<Item = By<'a>>,
        account: Number,
    ) -> impl Iterator<Item = Having<'a>> {
        lists.flat_map(move |by| {
            self.tree.path(account).flat_map(move |account| {
                let having = move |role, origin| Having { by, account, role, origin };
                let granted = by.held.on(account).filter_map(move |place| {
                    Some(having(by.held.holdings.get(place)?.role, Origin::Holding(place)))
                });
                let automatic = by.held.meta_roles_in(account).flat_map(move |meta_role| {
                    let roles = self.auto_roles.roles(account, meta_role);
                    roles.map(move |role| having(role, Origin::MetaRole(meta_role)))
                });
                granted.chain(automatic)
            })
        })
    }

    /// What the principal has himself, and what each of his groups has.
    fn lists_of(&self, principal: Principal) -> impl Iterator<Item = By<'_>> {
        let own = self.list_of(principal.into());
        let groups = own.map(|by| &*by.held.groups).unwrap_or_default();
        own.into_iter().chain(groups.iter().filter_map(|group| self.list_of(Holder::Group(*group))))
    }

    fn list_of(&self, holder: Holder) -> Option<By<'_>> {
        self.holders.get(&holder).map(|held| By { holder, held })
    }
}
