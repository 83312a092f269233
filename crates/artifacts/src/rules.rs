//! What an override may change in what it overrides.

mod lock;
mod tighten;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use guildhall_core::Fault;
use serde_json::Value;

use crate::{
    EditPart, FieldChange, Kind, MergeKeys, OverrideRule, Pattern, changes,
    diff::{Keyed, Path},
};

/// How many faults one check lists.
const MAX_FAULTS: usize = 50;

/// Why an override is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OverrideFault {
    /// Nothing of the artifact may be overridden.
    #[error("nothing of it may be overridden")]
    NotOverridable,
    /// The override changes what it may not, at these places.
    #[error("it changes what is locked, at {} places", .0.len())]
    Locked(Vec<Fault>),
}

/// Whether an override of this content may be made of that one: `locked` are the locks of the version below, besides the
/// kind's own. A content that changes nothing always may.
///
/// A lock holds what is there: whoever removes a thing with something locked inside changes what is locked. A lock below
/// `*` does not keep new elements from being added; a lock on the array does.
///
/// # Errors
/// [`OverrideFault`].
pub fn check_override(
    kind: &Kind,
    locked: &[Pattern],
    base: &Value,
    ours: &Value,
) -> Result<(), OverrideFault> {
    if base == ours {
        return Ok(());
    }
    if is_frozen(kind, locked) {
        return Err(OverrideFault::NotOverridable);
    }
    let keys = kind.merge_keys();
    let locks: Vec<&Pattern> = kind.locked().iter().chain(locked).collect();
    let changes = changes(base, ours, keys);
    let mut faults = lock::broken(&locks, &changes, keys);
    match kind.override_rule() {
        OverrideRule::Fields(fields) => faults.extend(lock::outside(fields, &changes, keys)),
        OverrideRule::Tighten => faults.extend(tighten::loosened(&changes, base, keys)),
        OverrideRule::Full | OverrideRule::None => {}
    }
    faults.sort();
    faults.dedup_by(|one, other| one.pointer == other.pointer);
    faults.truncate(MAX_FAULTS);
    if faults.is_empty() { Ok(()) } else { Err(OverrideFault::Locked(faults)) }
}

/// Whether an override may be changed further, as far as locks alone say: they hold for what the change changes, whatever the
/// override said before.
///
/// # Errors
/// [`OverrideFault`].
pub fn check_locks(
    kind: &Kind,
    locked: &[Pattern],
    before: &Value,
    after: &Value,
) -> Result<(), OverrideFault> {
    if before == after {
        return Ok(());
    }
    if is_frozen(kind, locked) {
        return Err(OverrideFault::NotOverridable);
    }
    let keys = kind.merge_keys();
    let locks: Vec<&Pattern> = kind.locked().iter().chain(locked).collect();
    let mut faults = lock::broken(&locks, &changes(before, after, keys), keys);
    faults.truncate(MAX_FAULTS);
    if faults.is_empty() { Ok(()) } else { Err(OverrideFault::Locked(faults)) }
}

/// Whether nothing at all may be overridden.
pub(crate) fn is_frozen(kind: &Kind, locked: &[Pattern]) -> bool {
    let mut locks = kind.locked().iter().chain(locked);
    *kind.override_rule() == OverrideRule::None || locks.any(|lock| lock.covers(""))
}

/// A name, and what stands there before and after.
type Step<'v> = (String, Option<&'v Value>, Option<&'v Value>);

/// What stands below a place, by name, before and after a change of the whole of it: fields, named elements, or elements by
/// index. `None` where one of the two is a value with nothing below, or they are not of one sort.
fn below<'v>(
    before: Option<&'v Value>,
    after: Option<&'v Value>,
    keys: &MergeKeys,
    pointer: &str,
) -> Option<Vec<Step<'v>>> {
    if let (Some(one), Some(other)) = (before, after)
        && (one.is_object(), one.is_array()) != (other.is_object(), other.is_array())
    {
        return None;
    }
    let present = [before, after].map(|value| value.map(|value| Parts::of(value, keys, pointer)));
    let [before, after] = match present {
        [Some(None), _] | [_, Some(None)] => return None,
        [before, after] => [before.flatten(), after.flatten()],
    };
    let names: BTreeSet<String> = [&before, &after].into_iter().flatten().flat_map(Parts::names).collect();
    let find = |parts: &Option<Parts<'v>>, name: &str| parts.as_ref().and_then(|parts| parts.find(name));
    let rows = names.into_iter().map(|name| {
        let (before, after) = (find(&before, &name), find(&after, &name));
        (name, before, after)
    });
    Some(rows.collect())
}

/// A value, taken apart.
enum Parts<'v> {
    Fields(&'v serde_json::Map<String, Value>),
    Named(Keyed<'v>),
    Indexed(&'v [Value]),
}

impl<'v> Parts<'v> {
    fn of(value: &'v Value, keys: &MergeKeys, pointer: &str) -> Option<Self> {
        match value {
            Value::Object(fields) => Some(Self::Fields(fields)),
            Value::Array(elements) => {
                let named = Keyed::of(value, keys, pointer);
                Some(named.map_or(Self::Indexed(elements), Self::Named))
            }
            _ => None,
        }
    }

    fn names(&self) -> Vec<String> {
        match self {
            Self::Fields(fields) => fields.keys().cloned().collect(),
            Self::Named(keyed) => keyed.names.iter().map(ToString::to_string).collect(),
            Self::Indexed(elements) => (0..elements.len()).map(|index| index.to_string()).collect(),
        }
    }

    fn find(&self, name: &str) -> Option<&'v Value> {
        match self {
            Self::Fields(fields) => fields.get(name),
            Self::Named(keyed) => keyed.find(name),
            Self::Indexed(elements) => elements.get(name.parse::<usize>().ok()?),
        }
    }
}

fn is_order(change: &FieldChange) -> bool {
    change.part == EditPart::Order
}

/// A path at the place of a change.
fn path_to(change: &FieldChange) -> Path {
    Path::at(&change.pointer)
}
