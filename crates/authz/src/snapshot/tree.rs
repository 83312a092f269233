//! The tree of accounts, numbered depth-first.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use guildhall_core::AccountId;

use crate::{Account, AccountKind, AuthzError};

/// Accounts in depth-first order, siblings by id. An account's number is its place in this order, so that an account and
/// all below it are one range of numbers.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    places: Vec<Place>,
    numbers: HashMap<AccountId, usize>,
}

#[derive(Debug, Clone)]
struct Place {
    id: AccountId,
    kind: AccountKind,
    parent: Option<usize>,
    /// One past the number of the last account below.
    end: usize,
}

/// The accounts under each account, by id; the roots under `None`.
type Children = BTreeMap<Option<AccountId>, BTreeMap<AccountId, AccountKind>>;

impl Tree {
    pub(super) fn new(accounts: &[Account]) -> Result<Self, AuthzError> {
        let children = children(accounts)?;
        let places = depth_first(&children);
        let numbers: HashMap<AccountId, usize> =
            places.iter().enumerate().map(|(number, place)| (place.id, number)).collect();
        // No root is above an account that hangs under itself, so it was not reached.
        let unreached =
            accounts.iter().map(|account| account.id).filter(|id| !numbers.contains_key(id)).min();
        match unreached {
            Some(account) => Err(AuthzError::Cycle { account }),
            None => Ok(Self { places, numbers }),
        }
    }

    /// The account's number, or `None` where there is no such account.
    pub(super) fn number(&self, account: AccountId) -> Option<usize> {
        self.numbers.get(&account).copied()
    }

    pub(super) fn kind(&self, number: usize) -> Option<AccountKind> {
        self.places.get(number).map(|place| place.kind)
    }

    /// The numbers from the account's own up to its root's.
    pub(super) fn path(&self, number: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(number), |&number| self.places.get(number)?.parent)
    }

    /// The numbers of the account and of all below it.
    pub(super) fn below(&self, number: usize) -> Range<usize> {
        number..self.places.get(number).map_or(number, |place| place.end)
    }

    /// The numbers of all accounts.
    pub(super) fn all(&self) -> Range<usize> {
        0..self.places.len()
    }

    /// The ids of numbered accounts.
    pub(super) fn ids(&self, numbers: impl IntoIterator<Item = usize>) -> impl Iterator<Item = AccountId> {
        numbers.into_iter().filter_map(|number| self.places.get(number)).map(|place| place.id)
    }
}

fn children(accounts: &[Account]) -> Result<Children, AuthzError> {
    let mut known = BTreeSet::new();
    for account in accounts {
        if !known.insert(account.id) {
            return Err(AuthzError::DuplicateAccount { account: account.id });
        }
    }
    let mut children = Children::new();
    for &Account { id, parent, kind } in accounts {
        if let Some(parent) = parent.filter(|parent| !known.contains(parent)) {
            return Err(AuthzError::UnknownParent { account: id, parent });
        }
        children.entry(parent).or_default().insert(id, kind);
    }
    Ok(children)
}

/// With a stack of its own instead of recursion: how deep a tree is, is for others to say.
fn depth_first(children: &Children) -> Vec<Place> {
    // Last in, first out: the sibling with the smallest id goes in last.
    let under = |parent: Option<AccountId>| children.get(&parent).into_iter().flatten().rev();
    let mut places = Vec::new();
    let mut waiting: Vec<_> = under(None).map(|(&id, &kind)| (id, kind, None)).collect();
    while let Some((id, kind, parent)) = waiting.pop() {
        let number = places.len();
        places.push(Place { id, kind, parent, end: number + 1 });
        waiting.extend(under(Some(id)).map(|(&id, &kind)| (id, kind, Some(number))));
    }
    // Children come after their parents, so that backwards each end is known before it is handed up.
    for number in (0..places.len()).rev() {
        let Some(&Place { parent: Some(parent), end, .. }) = places.get(number) else { continue };
        if let Some(parent) = places.get_mut(parent) {
            parent.end = parent.end.max(end);
        }
    }
    places
}
