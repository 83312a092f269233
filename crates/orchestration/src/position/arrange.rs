//! Finding the position for a place that names a neighbour.

use std::collections::{BTreeMap, BTreeSet};

use super::Position;
use crate::OrchestrationError;

/// Where a card is to stand among its siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<Id> {
    /// Right after that card; first where there is none.
    After(Option<Id>),
    /// Right before that card.
    Before(Id),
    /// After all others.
    End,
}

/// What to write so that a card stands where it was asked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrangement<Id> {
    /// The card's position.
    pub position: Position,
    /// New positions of its siblings, in the same order as before. Empty but where positions had become too long; none
    /// of them equals a position in use, so that they can be written one by one.
    pub siblings: BTreeMap<Id, Position>,
}

/// Between which of its siblings a place lies, whatever card is to stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The position before the place; `None` where it is the first.
    pub lower: Option<Position>,
    /// The position behind the place; `None` where it is the last.
    pub upper: Option<Position>,
}

impl Gap {
    /// The gap of a place among its siblings, which are given in any order; `None` where the place names a card that is
    /// not among them, or the card that moves. It looks at all of them, as a store need not: what stores are compared with.
    pub fn among<Id: Copy + Ord>(
        siblings: &[(Id, Position)],
        moved: Option<Id>,
        place: Place<Id>,
    ) -> Option<Self> {
        let others = others(siblings, moved);
        Some(Self::at(&others, index_of(place, &others)?))
    }

    fn at<Id>(others: &[&(Id, Position)], index: usize) -> Self {
        let at = |index: usize| others.get(index).map(|(_, position)| position.clone());
        Self { lower: index.checked_sub(1).and_then(at), upper: at(index) }
    }

    /// The position for a card in this gap: the one that it has, where it stands there already. `None` where positions
    /// there have become too long, so that all siblings have to be laid out anew.
    pub fn position(&self, present: Option<&Position>) -> Option<Position> {
        let (lower, upper) = (self.lower.as_ref(), self.upper.as_ref());
        let stands_there = |present: &&Position| {
            lower.is_none_or(|lower| lower < *present) && upper.is_none_or(|upper| *present < upper)
        };
        if let Some(present) = present.filter(stands_there) {
            return Some(present.clone());
        }
        Position::between(lower, upper).filter(|position| position.length() <= Position::MAX)
    }
}

impl<Id> Arrangement<Id> {
    fn at(position: Position) -> Self {
        Self { position, siblings: BTreeMap::new() }
    }
}

/// Finds the position for a place. `siblings` are all cards under the parent, in any order; `moved` is the card that
/// moves, whether it stands among them or comes from elsewhere, or `None` for a new one. A card that stands there
/// already, or is told to stand beside itself, keeps its position.
///
/// # Errors
///
/// [`OrchestrationError::NotANeighbour`] where the place names a card that is not among the siblings.
pub fn arrange<Id: Copy + Ord>(
    siblings: &[(Id, Position)],
    moved: Option<Id>,
    place: Place<Id>,
) -> Result<Arrangement<Id>, OrchestrationError> {
    let present = siblings.iter().find(|(id, _)| Some(*id) == moved).map(|(_, position)| position);
    if let Some(present) = place.staying(moved, present) {
        return Ok(Arrangement::at(present));
    }
    let others = others(siblings, moved);
    let index = index_of(place, &others).ok_or(OrchestrationError::NotANeighbour)?;
    match Gap::at(&others, index).position(present) {
        Some(position) => Ok(Arrangement::at(position)),
        None => Ok(respace(siblings, &others, index)),
    }
}

/// All cards but the one that moves, in order.
fn others<Id: Copy + Ord>(siblings: &[(Id, Position)], moved: Option<Id>) -> Vec<&(Id, Position)> {
    let mut others: Vec<_> = siblings.iter().filter(|(id, _)| Some(*id) != moved).collect();
    others.sort_by(|(a, at_a), (b, at_b)| (at_a, a).cmp(&(at_b, b)));
    others
}

impl<Id: Copy> Place<Id> {
    /// The position of a card that is told to stand beside itself, where it has one under this parent: it stays.
    pub fn staying(self, moved: Option<Id>, present: Option<&Position>) -> Option<Position>
    where
        Id: PartialEq,
    {
        present.filter(|_| self.neighbour() == moved).cloned()
    }

    /// The card that the place names, if it names one.
    fn neighbour(self) -> Option<Id> {
        match self {
            Self::After(id) => id,
            Self::Before(id) => Some(id),
            Self::End => None,
        }
    }

    /// The same place, with another name for the card.
    pub fn map<Other>(self, name: impl FnOnce(Id) -> Other) -> Place<Other> {
        match self {
            Self::After(id) => Place::After(id.map(name)),
            Self::Before(id) => Place::Before(name(id)),
            Self::End => Place::End,
        }
    }
}

fn index_of<Id: Copy + Ord>(place: Place<Id>, others: &[&(Id, Position)]) -> Option<usize> {
    let find = |neighbour: Id| others.iter().position(|(id, _)| *id == neighbour);
    match place {
        Place::After(None) => Some(0),
        Place::After(Some(id)) => find(id).map(|index| index + 1),
        Place::Before(id) => find(id),
        Place::End => Some(others.len()),
    }
}

/// Lays all cards out anew, with short positions that nobody holds yet.
fn respace<Id: Copy + Ord>(
    siblings: &[(Id, Position)],
    others: &[&(Id, Position)],
    index: usize,
) -> Arrangement<Id> {
    let taken: BTreeSet<&Position> = siblings.iter().map(|(_, position)| position).collect();
    let mut next = Position::first();
    let mut fresh = || {
        while taken.contains(&next) {
            next = next.after();
        }
        let after = next.after();
        std::mem::replace(&mut next, after)
    };

    let mut respaced: BTreeMap<Id, Position> =
        others.iter().take(index).map(|(id, _)| (*id, fresh())).collect();
    let position = fresh();
    respaced.extend(others.iter().skip(index).map(|(id, _)| (*id, fresh())));
    Arrangement { position, siblings: respaced }
}

#[cfg(test)]
mod tests;
