//! The same tree with a few accounts more, less or elsewhere. Numbers stay; what moves is places.

use std::sync::Arc;

use guildhall_core::AccountId;

use super::{NONE, Number, Place, Tree, count};
use crate::{Account, AuthzError};

impl Tree {
    /// The same tree with these accounts in it: one that is known is moved, with all below it; one that is not is added. A parent
    /// comes before its children.
    pub(in crate::snapshot) fn with(&self, accounts: &[Account]) -> Result<Self, AuthzError> {
        let mut tree = self.clone();
        for &account in accounts {
            let Account { id, parent, kind } = account;
            let above = match parent {
                Some(parent) => {
                    tree.number(parent).ok_or(AuthzError::UnknownParent { account: id, parent })?
                }
                None => NONE,
            };
            match tree.number(id) {
                Some(number) => {
                    if tree.path(above).any(|up| up == number) {
                        return Err(AuthzError::Cycle { account: id });
                    }
                    if let Some(known) = Arc::make_mut(&mut tree.accounts).get_mut(number as usize) {
                        known.1 = kind;
                    }
                    tree.shift(number, above);
                }
                None => tree.add(account, above),
            }
        }
        Ok(tree)
    }

    /// The same tree without an account and all below it.
    pub(in crate::snapshot) fn without(&self, account: AccountId) -> Self {
        let mut tree = self.clone();
        let Some(number) = self.number(account) else { return tree };
        let range = self.below(number);
        tree.numbers = self.numbers.with_all(self.ids(range.clone()).map(|id| (id, None)));
        tree.resize_above(number, |size, lost| size - lost);
        let gone = Arc::make_mut(&mut tree.order).drain(range.start as usize..range.end as usize);
        let places = Arc::make_mut(&mut tree.places);
        for number in gone {
            if let Some(place) = places.get_mut(number as usize) {
                place.first = NONE;
            }
        }
        for place in places.iter_mut().filter(|place| place.first != NONE && place.first >= range.end) {
            place.first -= range.end - range.start;
        }
        tree
    }

    fn add(&mut self, account: Account, parent: Number) {
        let number = count(self.accounts.len());
        let first = self.place_for(account.id, parent);
        Arc::make_mut(&mut self.accounts).push((account.id, account.kind));
        let places = Arc::make_mut(&mut self.places);
        for place in places.iter_mut().filter(|place| place.first != NONE && place.first >= first) {
            place.first += 1;
        }
        places.push(Place { parent, first, size: 1 });
        Arc::make_mut(&mut self.order).insert(first as usize, number);
        self.numbers = self.numbers.with(account.id, Some(number));
        self.resize_above(number, |size, gained| size + gained);
    }

    /// Moves an account, with all below it, under another.
    fn shift(&mut self, number: Number, parent: Number) {
        let Some(&Place { parent: old, first, size }) = self.places.get(number as usize) else { return };
        let Some(id) = self.id(number).filter(|_| old != parent) else { return };
        let target = self.place_for(id, parent);
        self.resize_above(number, |size, lost| size - lost);
        if let Some(place) = Arc::make_mut(&mut self.places).get_mut(number as usize) {
            place.parent = parent;
        }
        self.resize_above(number, |size, gained| size + gained);
        // What lies between the old place and the new one makes room in the other direction.
        let end = first + size;
        let (from, to) = if target < end { (target, end) } else { (first, target) };
        if let Some(between) = Arc::make_mut(&mut self.order).get_mut(from as usize..to as usize) {
            if target < end {
                between.rotate_right(size as usize);
            } else {
                between.rotate_left(size as usize);
            }
        }
        let places = Arc::make_mut(&mut self.places);
        for (place, moved) in (from..to).zip(self.order.get(from as usize..to as usize).unwrap_or_default()) {
            if let Some(moved) = places.get_mut(*moved as usize) {
                moved.first = place;
            }
        }
    }

    /// Where an account belongs among the children of another: before the first sibling with a greater id.
    fn place_for(&self, id: AccountId, parent: Number) -> u32 {
        let range = self.places.get(parent as usize).map_or(self.all(), |_| {
            let below = self.below(parent);
            below.start + 1..below.end
        });
        let mut place = range.start;
        while place < range.end
            && let Some(sibling) = self.at(place)
            && self.id(sibling).is_some_and(|sibling| sibling < id)
        {
            place = self.below(sibling).end;
        }
        place
    }

    /// Changes the sizes of all above an account by its own.
    fn resize_above(&mut self, number: Number, resized: impl Fn(u32, u32) -> u32) {
        let above: Vec<Number> = self.path(number).skip(1).collect();
        let Some(own) = self.places.get(number as usize).map(|place| place.size) else { return };
        let places = Arc::make_mut(&mut self.places);
        for number in above {
            if let Some(place) = places.get_mut(number as usize) {
                place.size = resized(place.size, own);
            }
        }
    }
}
