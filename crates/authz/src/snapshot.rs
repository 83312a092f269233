//! The engine: facts compiled once, then asked as often as one likes.
//!
//! Accounts, roles and permissions become small numbers. Accounts are numbered depth-first, so that "this account and all
//! below it" is a range. Each holder has one list of holdings, ordered by account. Every answer comes from
//! [`Snapshot::roles_held`]: walk from the account up to the root and take the roles that hold there now.

mod bits;
mod builder;
mod explain;
mod query;
mod roles;
#[cfg(test)]
mod tests;
mod tree;

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, GroupId, PermissionCode, Principal, UserId};

use self::{bits::Bits, roles::Roles, tree::Tree};
pub use self::{
    builder::SnapshotBuilder,
    query::{ListQuery, Owners},
};
use crate::{AccountKind, AuthzError, Facts, Grant, GroupMember, Holder, Permission, Source};

/// All that is needed to decide, as it was at one moment. Whoever and whatever it does not know has nothing.
#[derive(Debug, Clone)]
pub struct Snapshot {
    tree: Tree,
    roles: Roles,
    /// By account, in depth-first order.
    holdings: HashMap<Holder, Vec<Holding>>,
    /// The groups that each user is a member of, each once.
    groups: HashMap<UserId, Vec<GroupId>>,
}

/// One grant, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Holding {
    account: usize,
    role: usize,
    source: Source,
    expires_at: Option<DateTime<Utc>>,
}

impl Holding {
    fn holds_at(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

impl Snapshot {
    /// Compiles facts, deriving the auto roles.
    ///
    /// # Errors
    ///
    /// Facts that contradict themselves make no snapshot: an account or a role that is named and not there, or there twice,
    /// an account above itself, a project's fact on another account, a role with a permission that is not its owner's.
    pub fn new(facts: &Facts) -> Result<Self, AuthzError> {
        let mut snapshot = Self {
            tree: Tree::new(&facts.accounts)?,
            roles: Roles::new(&facts.roles)?,
            holdings: HashMap::new(),
            groups: groups(&facts.group_members),
        };
        snapshot.check_reasons(facts)?;
        for grant in &facts.grants {
            let source = grant.id.map_or(Source::Derived, Source::Grant);
            snapshot.add(grant, source)?;
        }
        for (account, user, role, product, meta_role) in facts.auto_role_reasons() {
            let grant = Grant::derived(Holder::User(user), role, account);
            snapshot.add(&grant, Source::AutoRole { product, meta_role })?;
        }
        for holdings in snapshot.holdings.values_mut() {
            holdings.sort_unstable();
            holdings.dedup();
        }
        Ok(snapshot)
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
        match (self.roles.permission(permission), self.tree.number(account)) {
            (Some(permission), Some(account)) => self.has(principal, permission, account, now),
            _ => false,
        }
    }

    /// Everything that the principal may do on the account.
    pub fn permissions(
        &self,
        principal: Principal,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> BTreeSet<Permission> {
        let Some(account) = self.tree.number(account) else { return BTreeSet::new() };
        self.roles.permissions(&self.held(principal, account, now)).cloned().collect()
    }

    /// Whether the principal may do anything at all on the account: what admits to a workspace.
    pub fn holds_any(&self, principal: Principal, account: AccountId, now: DateTime<Utc>) -> bool {
        self.tree
            .number(account)
            .is_some_and(|account| self.roles_held(principal, account, now).any(|role| !role.is_empty()))
    }

    /// What the principal may do on an account and on each one below it: the asked one first, then depth-first, siblings by
    /// id. Codes are in alphabetical order, and stand once where two owners spell them alike. Accounts where nothing holds
    /// are left out.
    pub fn list(
        &self,
        principal: Principal,
        query: &ListQuery,
        now: DateTime<Utc>,
    ) -> Vec<(AccountId, Vec<PermissionCode>)> {
        let Some(top) = self.tree.number(query.below) else { return Vec::new() };
        let mut listed = Vec::new();
        for run in self.runs(principal, self.tree.below(top)) {
            let held = self.held(principal, run.start, now);
            let asked = self.roles.permissions(&held).filter(|permission| query.asks_for(permission));
            let codes: BTreeSet<_> = asked.map(|permission| permission.code.clone()).collect();
            if !codes.is_empty() {
                let codes = Vec::from_iter(codes);
                listed.extend(self.tree.ids(run).map(|account| (account, codes.clone())));
            }
        }
        listed
    }

    /// All accounts on which the principal has the permission, to filter lists by.
    pub fn accounts_where(
        &self,
        principal: Principal,
        permission: &Permission,
        now: DateTime<Utc>,
    ) -> BTreeSet<AccountId> {
        let Some(permission) = self.roles.permission(permission) else { return BTreeSet::new() };
        self.runs(principal, self.tree.all())
            .into_iter()
            .filter(|run| self.has(principal, permission, run.start, now))
            .flat_map(|run| self.tree.ids(run))
            .collect()
    }

    /// The account and all above it, up to the root; empty where there is no such account.
    pub fn path(&self, account: AccountId) -> Vec<AccountId> {
        let path = self.tree.number(account).into_iter().flat_map(|number| self.tree.path(number));
        self.tree.ids(path).collect()
    }

    /// Whether there is such an account.
    pub fn contains(&self, account: AccountId) -> bool {
        self.tree.number(account).is_some()
    }

    /// The one evaluator: what each role holds that the principal has on the account or above it now. Nothing else in this
    /// crate looks at grants to decide.
    fn roles_held(
        &self,
        principal: Principal,
        account: usize,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = &Bits> {
        self.holdings_on_path(principal, account)
            .filter(move |(_, holding)| holding.holds_at(now))
            .filter_map(|(_, holding)| self.roles.held(holding.role))
    }

    /// What the principal and his groups hold on the account and above it, whether or not it has expired, each with who
    /// holds it; the nearest account first.
    fn holdings_on_path(
        &self,
        principal: Principal,
        account: usize,
    ) -> impl Iterator<Item = (Holder, &Holding)> {
        self.tree.path(account).flat_map(move |account| {
            self.lists_of(principal).flat_map(move |(holder, list)| {
                holdings_on(list, account).map(move |holding| (holder, holding))
            })
        })
    }

    fn has(&self, principal: Principal, permission: usize, account: usize, now: DateTime<Utc>) -> bool {
        self.roles_held(principal, account, now).any(|role| role.contains(permission))
    }

    fn held(&self, principal: Principal, account: usize, now: DateTime<Utc>) -> Bits {
        let mut held = Bits::default();
        for role in self.roles_held(principal, account, now) {
            held.unite(role);
        }
        held
    }

    /// Cuts a range of accounts wherever a holding of the principal begins or ends. Between two cuts the same holdings
    /// are on every account's path, so that one answer serves the whole run.
    fn runs(&self, principal: Principal, accounts: Range<usize>) -> Vec<Range<usize>> {
        let mut cuts = BTreeSet::from([accounts.start, accounts.end]);
        for holding in self.lists_of(principal).flat_map(|(_, list)| list) {
            let below = self.tree.below(holding.account);
            cuts.extend([below.start, below.end].into_iter().filter(|cut| accounts.contains(cut)));
        }
        cuts.iter().zip(cuts.iter().skip(1)).map(|(&start, &end)| start..end).collect()
    }

    /// What the principal holds himself, and what each of his groups holds.
    fn lists_of(&self, principal: Principal) -> impl Iterator<Item = (Holder, &[Holding])> {
        let groups = match principal {
            Principal::User(user) => self.groups.get(&user).map_or(&[][..], Vec::as_slice),
            Principal::ServiceAccount(_) => &[],
        };
        std::iter::once(principal.into())
            .chain(groups.iter().map(|&group| Holder::Group(group)))
            .filter_map(|holder| Some((holder, self.holdings.get(&holder)?.as_slice())))
    }

    fn add(&mut self, grant: &Grant, source: Source) -> Result<(), AuthzError> {
        let &Grant { holder, role, account, expires_at, .. } = grant;
        let account = self.tree.number(account).ok_or(AuthzError::UnknownAccount { account })?;
        let role = self.roles.number(role).ok_or(AuthzError::UnknownRole { role })?;
        self.holdings.entry(holder).or_default().push(Holding { account, role, source, expires_at });
        Ok(())
    }

    /// Checks what auto roles are derived from: deriving them drops a wrong reason silently.
    fn check_reasons(&self, facts: &Facts) -> Result<(), AuthzError> {
        let members = facts.members.iter().map(|member| member.account);
        let used = facts.products_in_use.iter().map(|used| used.account);
        for account in members.chain(used) {
            let number = self.tree.number(account).ok_or(AuthzError::UnknownAccount { account })?;
            if self.tree.kind(number) != Some(AccountKind::Project) {
                return Err(AuthzError::NotAProject { account });
            }
        }
        match facts.mappings.iter().find(|mapping| self.roles.number(mapping.role).is_none()) {
            Some(mapping) => Err(AuthzError::UnknownRole { role: mapping.role }),
            None => Ok(()),
        }
    }
}

fn groups(members: &[GroupMember]) -> HashMap<UserId, Vec<GroupId>> {
    let members: BTreeSet<_> = members.iter().map(|member| (member.user, member.group)).collect();
    let mut groups: HashMap<UserId, Vec<GroupId>> = HashMap::new();
    for (user, group) in members {
        groups.entry(user).or_default().push(group);
    }
    groups
}

/// The holdings on exactly this account, of a list that is ordered by account.
fn holdings_on(holdings: &[Holding], account: usize) -> impl Iterator<Item = &Holding> {
    let first = holdings.partition_point(|holding| holding.account < account);
    holdings.iter().skip(first).take_while(move |holding| holding.account == account)
}
