//! The tree of accounts: each has a number for life, and beside it its place in the order of the tree.

mod change;
mod compile;

use std::{ops::Range, sync::Arc};

use guildhall_core::AccountId;

use super::shards::Shards;
use crate::{Account, AccountKind};

/// An account's number: it stays when the account moves, and is given to no other. What holders have names accounts by it, so
/// that a change of the tree touches none of that.
pub(super) type Number = u32;

/// What stands for "no account" where a number would.
const NONE: Number = Number::MAX;

/// All accounts. A copy shares everything with its original; a change copies what it changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    numbers: Shards<AccountId, Number>,
    /// By number.
    accounts: Arc<Vec<(AccountId, AccountKind)>>,
    /// By number.
    places: Arc<Vec<Place>>,
    /// The numbers in depth-first order, siblings by id: an account and all below it are one range of this.
    order: Arc<Vec<Number>>,
}

/// Where an account stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// `NONE` for a root.
    parent: Number,
    /// Its place in the depth-first order; `NONE` for an account that is no longer there.
    first: u32,
    /// How many accounts there are below it, with itself.
    size: u32,
}

impl Tree {
    /// The account's number, or `None` where there is no such account.
    pub(super) fn number(&self, account: AccountId) -> Option<Number> {
        self.numbers.get(&account).copied()
    }

    pub(super) fn id(&self, number: Number) -> Option<AccountId> {
        self.accounts.get(number as usize).map(|(id, _)| *id)
    }

    /// The account's id, where it is still there.
    pub(super) fn id_again(&self, number: Number) -> Option<AccountId> {
        let id = self.id(number)?;
        (self.number(id) == Some(number)).then_some(id)
    }

    /// All accounts as they were told, in depth-first order.
    pub(super) fn accounts_again(&self) -> impl Iterator<Item = Account> {
        self.order.iter().filter_map(|number| {
            let parent = self.path(*number).nth(1).and_then(|parent| self.id(parent));
            Some(Account { id: self.id(*number)?, parent, kind: self.kind(*number)? })
        })
    }

    /// About how many bytes it takes to keep the tree.
    pub(super) fn memory(&self) -> usize {
        let each = size_of::<(AccountId, AccountKind)>() + size_of::<Place>();
        let numbered = size_of::<(AccountId, Number)>() + size_of::<Number>();
        self.accounts.len() * each + self.order.len() * (2 * numbered)
    }

    pub(super) fn kind(&self, number: Number) -> Option<AccountKind> {
        self.accounts.get(number as usize).map(|(_, kind)| *kind)
    }

    /// The numbers from the account's own up to its root's.
    pub(super) fn path(&self, number: Number) -> impl Iterator<Item = Number> {
        let parent =
            |number: &Number| Some(self.places.get(*number as usize)?.parent).filter(|up| *up != NONE);
        std::iter::successors(Some(number), parent)
    }

    /// The places of the account and of all below it; none for an account that is no longer there.
    pub(super) fn below(&self, number: Number) -> Range<u32> {
        match self.places.get(number as usize) {
            Some(place) if place.first != NONE => place.first..place.first + place.size,
            _ => 0..0,
        }
    }

    /// The places of all accounts.
    pub(super) fn all(&self) -> Range<u32> {
        0..count(self.order.len())
    }

    /// Which account stands at a place.
    pub(super) fn at(&self, place: u32) -> Option<Number> {
        self.order.get(place as usize).copied()
    }

    /// The ids of the accounts at some places.
    pub(super) fn ids(&self, places: Range<u32>) -> impl Iterator<Item = AccountId> {
        let numbers = self.order.get(places.start as usize..places.end as usize).unwrap_or_default();
        numbers.iter().filter_map(|number| self.id(*number))
    }
}

/// A count as a number. Four thousand million are more than memory has room for.
fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}
