//! What one holder has, in numbers.

use std::{collections::HashMap, ops::Range};

use chrono::{DateTime, Utc};
use foldhash::fast::RandomState;
use guildhall_core::{GrantId, GroupId};

use super::{auto_roles::AutoRoles, roles::Roles, tree::Number, tree::Tree};
use crate::{AccountKind, AuthzError, Facts, Grant, Holder, ProjectMember};

/// All that one holder has. A decision reads `holdings`, and the rest only where one of them is on the path.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    /// By account.
    pub(super) holdings: Box<[Holding]>,
    /// The stored grants that the holdings come from, one for each; `None` for a derived one.
    pub(super) grants: Box<[Option<GrantId>]>,
    /// The few holdings that end, by their place, and when.
    ends: Box<[(u32, DateTime<Utc>)]>,
    /// The groups that a user is a member of.
    pub(super) groups: Box<[GroupId]>,
    /// The projects that a user is a member of, by account.
    pub(super) memberships: Box<[Membership]>,
}

/// A role on an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Holding {
    pub(super) account: Number,
    pub(super) role: u32,
}

/// A meta role in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Membership {
    pub(super) account: Number,
    pub(super) meta_role: u32,
}

impl Held {
    /// The places of the holdings on exactly this account.
    pub(super) fn on(&self, account: Number) -> Range<usize> {
        let start = self.holdings.partition_point(|holding| holding.account < account);
        let on_it = self.holdings.iter().skip(start).take_while(|holding| holding.account == account);
        start..start + on_it.count()
    }

    /// His meta roles in exactly this project.
    pub(super) fn meta_roles_in(&self, account: Number) -> impl Iterator<Item = u32> {
        let start = self.memberships.partition_point(|membership| membership.account < account);
        let on_it =
            self.memberships.iter().skip(start).take_while(move |membership| membership.account == account);
        on_it.map(|membership| membership.meta_role)
    }

    /// From when on the holding at a place holds no more; `None` for no end.
    pub(super) fn end(&self, place: usize) -> Option<DateTime<Utc>> {
        let at = self.ends.binary_search_by_key(&place, |(place, _)| *place as usize).ok()?;
        self.ends.get(at).map(|(_, end)| *end)
    }

    /// How many of the holdings end.
    pub(super) fn ends(&self) -> usize {
        self.ends.len()
    }

    /// Every account on which something begins.
    pub(super) fn accounts(&self) -> impl Iterator<Item = Number> {
        let holdings = self.holdings.iter().map(|holding| holding.account);
        holdings.chain(self.memberships.iter().map(|membership| membership.account))
    }

    /// Whether the holder has nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        self.holdings.is_empty() && self.groups.is_empty() && self.memberships.is_empty()
    }
}

/// The rows about one holder, before they become numbers.
#[derive(Default)]
pub(super) struct Rows<'a> {
    grants: Vec<&'a Grant>,
    groups: Vec<GroupId>,
    members: Vec<&'a ProjectMember>,
}

impl<'a> Rows<'a> {
    /// All rows, by whom they are about.
    pub(super) fn by_holder(facts: &'a Facts) -> HashMap<Holder, Self, RandomState> {
        let mut rows: HashMap<Holder, Self, RandomState> = HashMap::default();
        for grant in &facts.grants {
            rows.entry(grant.holder).or_default().grants.push(grant);
        }
        for member in &facts.group_members {
            rows.entry(Holder::User(member.user)).or_default().groups.push(member.group);
        }
        for member in &facts.members {
            rows.entry(Holder::User(member.user)).or_default().members.push(member);
        }
        rows
    }

    /// The rows about one holder.
    pub(super) fn of(facts: &'a Facts, holder: Holder) -> Self {
        let is_he = |user| Holder::User(user) == holder;
        Self {
            grants: facts.grants.iter().filter(|grant| grant.holder == holder).collect(),
            groups: facts.group_members.iter().filter(|row| is_he(row.user)).map(|row| row.group).collect(),
            members: facts.members.iter().filter(|row| is_he(row.user)).collect(),
        }
    }

    /// Makes them numbers, and gives numbers to meta roles that are new.
    pub(super) fn compile(
        mut self,
        tree: &Tree,
        roles: &Roles,
        auto_roles: &mut AutoRoles,
    ) -> Result<Held, AuthzError> {
        let mut holdings = Vec::with_capacity(self.grants.len());
        for &&Grant { id, role, account, expires_at, .. } in &self.grants {
            let account = tree.number(account).ok_or(AuthzError::UnknownAccount { account })?;
            let role = roles.number(role).ok_or(AuthzError::UnknownRole { role })?;
            holdings.push((Holding { account, role }, id, expires_at));
        }
        let mut memberships = Vec::new();
        for ProjectMember { account, meta_roles, .. } in self.members {
            let account = project(tree, *account)?;
            let numbers = meta_roles.iter().map(|code| auto_roles.meta_role(code));
            memberships.extend(numbers.map(|meta_role| Membership { account, meta_role }));
        }
        holdings.sort_unstable();
        holdings.dedup();
        memberships.sort_unstable();
        memberships.dedup();
        self.groups.sort_unstable();
        self.groups.dedup();
        let ends = (0..).zip(&holdings).filter_map(|(place, (.., end))| Some((place, (*end)?)));
        Ok(Held {
            ends: ends.collect(),
            grants: holdings.iter().map(|(_, id, _)| *id).collect(),
            holdings: holdings.into_iter().map(|(holding, ..)| holding).collect(),
            groups: self.groups.into(),
            memberships: memberships.into(),
        })
    }
}

/// The number of a project's account.
pub(super) fn project(tree: &Tree, account: guildhall_core::AccountId) -> Result<Number, AuthzError> {
    let number = tree.number(account).ok_or(AuthzError::UnknownAccount { account })?;
    match tree.kind(number) {
        Some(AccountKind::Project) => Ok(number),
        _ => Err(AuthzError::NotAProject { account }),
    }
}
