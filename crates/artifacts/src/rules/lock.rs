//! Places that an override may not change, and those that it may.
//!
//! A change is told at the highest place that came, went or was replaced as a whole; a lock, or a field that may be
//! changed, may stand below it. Then what changed is looked for below, as far down as patterns reach.

use guildhall_core::Fault;
use serde_json::Value;

use super::{MAX_FAULTS, below, is_order, path_to};
use crate::{FieldChange, MergeKeys, Pattern, diff::Path};

/// The changes that a lock forbids.
pub(super) fn broken(locks: &[&Pattern], changes: &[FieldChange], keys: &MergeKeys) -> Vec<Fault> {
    let mut search = Search { keys, path: Path::default(), faults: Vec::new() };
    for change in changes {
        search.path = path_to(change);
        if is_order(change) {
            if locks.iter().any(|lock| lock.covers(&change.pointer)) {
                search.fault("is locked: its order may not be changed here");
            }
        } else {
            search.locked(locks, change.before.as_ref(), change.after.as_ref());
        }
    }
    search.faults
}

/// The changes at places that no rule names as one that may be changed.
pub(super) fn outside(fields: &[Pattern], changes: &[FieldChange], keys: &MergeKeys) -> Vec<Fault> {
    let mut search = Search { keys, path: Path::default(), faults: Vec::new() };
    for change in changes {
        search.path = path_to(change);
        if is_order(change) {
            if !fields.iter().any(|field| field.covers(&change.pointer)) {
                search.fault("is none of the fields whose order may be changed here");
            }
        } else {
            search.unnamed(fields, change.before.as_ref(), change.after.as_ref());
        }
    }
    search.faults
}

struct Search<'k> {
    keys: &'k MergeKeys,
    path: Path,
    faults: Vec<Fault>,
}

impl Search<'_> {
    fn locked(&mut self, locks: &[&Pattern], before: Option<&Value>, after: Option<&Value>) {
        if before == after || self.is_full() {
            return;
        }
        let pointer = self.path.pointer();
        if locks.iter().any(|lock| lock.covers(pointer) && !is_of_new_element(lock, pointer, before)) {
            return self.fault("is locked: it may not be changed here");
        }
        let deeper: Vec<&Pattern> = locks
            .iter()
            .copied()
            .filter(|lock| lock.touches(pointer) && !is_of_new_element(lock, pointer, before))
            .collect();
        if deeper.is_empty() {
            return;
        }
        // Where one sort of thing took another's place, all that was there went, and all that is there came.
        let steps = match below(before, after, self.keys, pointer) {
            Some(rows) => rows,
            None => [below(before, None, self.keys, pointer), below(None, after, self.keys, pointer)]
                .into_iter()
                .flatten()
                .flatten()
                .collect(),
        };
        for (name, before, after) in steps {
            self.path.enter(&name);
            self.locked(&deeper, before, after);
            self.path.leave();
        }
    }

    fn unnamed(&mut self, fields: &[Pattern], before: Option<&Value>, after: Option<&Value>) {
        let pointer = self.path.pointer();
        if before == after || self.is_full() || fields.iter().any(|field| field.covers(pointer)) {
            return;
        }
        let steps = fields
            .iter()
            .any(|field| field.touches(pointer))
            .then(|| below(before, after, self.keys, pointer))
            .flatten();
        let Some(steps) = steps else {
            return self.fault("is none of the fields that may be changed here");
        };
        for (name, before, after) in steps {
            self.path.enter(&name);
            self.unnamed(fields, before, after);
            self.path.leave();
        }
    }

    fn fault(&mut self, detail: &str) {
        self.faults.push(Fault::new(self.path.pointer(), detail));
    }

    fn is_full(&self) -> bool {
        self.faults.len() >= MAX_FAULTS
    }
}

/// Whether the place is a new element among those that the lock means by `*`, and the lock is on something inside.
fn is_of_new_element(lock: &Pattern, pointer: &str, before: Option<&Value>) -> bool {
    let depth = pointer.split('/').count();
    let mut rest = lock.as_str().split('/').skip(depth - 1);
    before.is_none() && rest.next() == Some("*") && rest.next().is_some()
}
