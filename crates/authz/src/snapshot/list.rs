//! Answers about many accounts: one decision for each run of accounts on which the same is held.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
    sync::Arc,
};

use chrono::{DateTime, Utc};
use foldhash::fast::RandomState;
use guildhall_core::{AccountId, PermissionCode, Principal};

use super::{By, Snapshot, bits::Bits, query::ListQuery, roles::Roles, tree::Tree};
use crate::Permission;

/// Accounts with what somebody may do on them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// How many accounts there are in the whole answer.
    pub total_count: usize,
    /// The accounts that were asked for: the account asked about first, then depth-first, siblings by id. The codes of each are in
    /// alphabetical order, and stand once where two owners spell them alike; accounts with the same codes share them.
    pub accounts: Vec<(AccountId, Arc<[PermissionCode]>)>,
}

/// Accounts on which something holds, as the snapshot knew them that was asked.
#[derive(Debug, Clone)]
pub struct AccountSet {
    tree: Tree,
    /// Places in the tree's order; apart from each other, the first ones first.
    runs: Vec<Range<u32>>,
}

impl Snapshot {
    /// What a principal may do on an account and on each one below it. Accounts where nothing holds are left out.
    pub fn list(&self, principal: Principal, query: &ListQuery, now: DateTime<Utc>) -> Listed {
        let Some(top) = self.tree.number(query.below) else { return Listed::default() };
        let asked = self.roles.asked(query);
        let mut spelled = Spelled::default();
        let mut listed = Listed::default();
        self.each_run(principal, self.tree.below(top), now, |run, held| {
            held.intersect(&asked);
            if held.is_empty() {
                return;
            }
            let skipped = query.offset.saturating_sub(listed.total_count).min(run.len());
            let taken = (run.len() - skipped).min(query.limit - listed.accounts.len());
            listed.total_count += run.len();
            if taken > 0 {
                let start = run.start + skipped as u32;
                let codes = spelled.codes(&self.roles, held);
                let ids = self.tree.ids(start..start + taken as u32);
                listed.accounts.extend(ids.map(|account| (account, codes.clone())));
            }
        });
        listed
    }

    /// All accounts on which the principal has the permission, to filter lists by.
    pub fn accounts_where(
        &self,
        principal: Principal,
        permission: &Permission,
        now: DateTime<Utc>,
    ) -> AccountSet {
        let mut runs: Vec<Range<u32>> = Vec::new();
        if let Some(permission) = self.roles.permission(permission) {
            self.each_run(principal, self.tree.all(), now, |run, held| {
                if held.contains(permission) {
                    runs.push(run);
                }
            });
        }
        AccountSet { tree: self.tree.clone(), runs }
    }

    /// Cuts places wherever something that the principal has begins or ends. Between two cuts the same is on every account's path,
    /// so that what holds on the first of them holds on all.
    fn each_run(
        &self,
        principal: Principal,
        places: Range<u32>,
        now: DateTime<Utc>,
        mut each: impl FnMut(Range<u32>, &mut Bits),
    ) {
        let lists: Vec<By<'_>> = self.lists_of(principal).collect();
        let mut cuts = vec![places.start, places.end];
        for account in lists.iter().flat_map(|by| by.held.accounts()) {
            let below = self.tree.below(account);
            cuts.extend([below.start, below.end].into_iter().filter(|cut| places.contains(cut)));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut held = Bits::default();
        for (&start, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
            let Some(account) = self.tree.at(start) else { continue };
            held.clear();
            self.roles_held(lists.iter().copied(), account, now).for_each(|role| held.unite(role));
            each(start..end, &mut held);
        }
    }
}

/// Sets of permissions that are spelled already.
#[derive(Default)]
struct Spelled(HashMap<Bits, Arc<[PermissionCode]>, RandomState>);

impl Spelled {
    fn codes(&mut self, roles: &Roles, held: &Bits) -> Arc<[PermissionCode]> {
        if let Some(codes) = self.0.get(held) {
            return codes.clone();
        }
        let codes: BTreeSet<&PermissionCode> =
            roles.permissions(held).map(|permission| &permission.code).collect();
        let codes: Arc<[PermissionCode]> = codes.into_iter().cloned().collect();
        self.0.insert(held.clone(), codes.clone());
        codes
    }
}

impl AccountSet {
    /// Whether the account is one of them.
    pub fn contains(&self, account: &AccountId) -> bool {
        let Some(place) = self.tree.number(*account).map(|number| self.tree.below(number).start) else {
            return false;
        };
        let next = self.runs.partition_point(|run| run.end <= place);
        self.runs.get(next).is_some_and(|run| run.contains(&place))
    }

    /// All of them, depth-first, siblings by id.
    pub fn iter(&self) -> impl Iterator<Item = AccountId> {
        self.runs.iter().flat_map(|run| self.tree.ids(run.clone()))
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.runs.iter().map(Range::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The accounts above any of them, themselves aside where none of the others is below.
    pub fn above(&self) -> BTreeSet<AccountId> {
        // What is above a later account of a run is above its first one, or in the run itself.
        let firsts = self.runs.iter().filter_map(|run| self.tree.at(run.start));
        let above = firsts.flat_map(|number| self.tree.path(number).skip(1));
        above.filter_map(|number| self.tree.id(number)).collect()
    }
}
