//! A tree from its accounts.

use std::{collections::HashMap, sync::Arc};

use guildhall_core::AccountId;

use super::{NONE, Number, Place, Tree, count};
use crate::{Account, AuthzError, snapshot::shards::Shards};

impl Tree {
    pub(in crate::snapshot) fn new(accounts: &[Account]) -> Result<Self, AuthzError> {
        let families = Families::new(accounts)?;
        let (mut ordered, mut places) =
            (Vec::with_capacity(accounts.len()), Vec::with_capacity(accounts.len()));
        // With a stack of its own instead of recursion: how deep a tree is, is for others to say. Last in, first out: the sibling
        // with the smallest id goes in last.
        let mut waiting: Vec<(&Account, Number)> =
            families.under(None).rev().map(|account| (account, NONE)).collect();
        while let Some((account, parent)) = waiting.pop() {
            let number = count(places.len());
            ordered.push((account.id, account.kind));
            places.push(Place { parent, first: number, size: 1 });
            waiting.extend(families.under(Some(account.id)).rev().map(|child| (child, number)));
        }
        add_up_sizes(&mut places);
        let numbers =
            Shards::new((0..ordered.len()).zip(&ordered).map(|(number, (id, _))| (*id, count(number))));
        // No root is above an account that hangs under itself, so it was not reached.
        let unreached = accounts.iter().map(|account| account.id).filter(|id| !numbers.contains(id)).min();
        match unreached.filter(|_| ordered.len() < accounts.len()) {
            Some(account) => Err(AuthzError::Cycle { account }),
            None => Ok(Self {
                numbers,
                order: Arc::new((0..count(places.len())).collect()),
                accounts: Arc::new(ordered),
                places: Arc::new(places),
            }),
        }
    }
}

/// Children come after their parents, so that backwards each size is known before it is handed up.
fn add_up_sizes(places: &mut [Place]) {
    for number in (0..places.len()).rev() {
        let Some(&Place { parent, size, .. }) = places.get(number) else { continue };
        if let Some(parent) = places.get_mut(parent as usize) {
            parent.size += size;
        }
    }
}

/// Which accounts stand under which.
struct Families<'a> {
    /// By parent, then by id.
    accounts: Vec<&'a Account>,
    /// Where the accounts under each parent begin.
    starts: HashMap<Option<AccountId>, usize, foldhash::fast::RandomState>,
}

impl<'a> Families<'a> {
    fn new(accounts: &'a [Account]) -> Result<Self, AuthzError> {
        let known = Shards::new(accounts.iter().map(|account| (account.id, ())));
        for &Account { id, parent, .. } in accounts {
            if let Some(parent) = parent.filter(|parent| !known.contains(parent)) {
                return Err(AuthzError::UnknownParent { account: id, parent });
            }
        }
        let mut sorted: Vec<&Account> = accounts.iter().collect();
        sorted.sort_unstable_by_key(|account| (account.parent, account.id));
        let mut starts = HashMap::default();
        for (start, account) in sorted.iter().enumerate() {
            starts.entry(account.parent).or_insert(start);
        }
        Self { accounts: sorted, starts }.without_doubles(accounts)
    }

    fn without_doubles(self, accounts: &[Account]) -> Result<Self, AuthzError> {
        let mut ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
        ids.sort_unstable();
        let mut pairs = ids.iter().zip(ids.iter().skip(1));
        match pairs.find(|(one, next)| one == next) {
            Some((&account, _)) => Err(AuthzError::DuplicateAccount { account }),
            None => Ok(self),
        }
    }

    /// The accounts right under a parent, by id; the roots under `None`.
    fn under(&self, parent: Option<AccountId>) -> impl DoubleEndedIterator<Item = &'a Account> {
        let start = self.starts.get(&parent).copied().unwrap_or(self.accounts.len());
        let from = self.accounts.get(start..).unwrap_or_default();
        let end = from.partition_point(|account| account.parent == parent);
        from.get(..end).unwrap_or_default().iter().copied()
    }
}
