//! Lists that may be made stricter, and looser only where they say so.

use std::collections::BTreeSet;

use guildhall_core::Fault;
use serde_json::Value;

use super::is_order;
use crate::{FieldChange, MergeKeys, diff::Keyed, pattern::escaped};

/// The array of entries, each with an `effect` (`ALLOW` or `DENY`), and perhaps `loosenable`.
const ENTRIES: &str = "/entries";

/// The changes that make the list looser where it does not say that it may be: an entry that is gone, or that differs in
/// anything but from `ALLOW` to `DENY`. Entries may be added, and stand in any order.
pub(super) fn loosened(changes: &[FieldChange], base: &Value, keys: &MergeKeys) -> Vec<Fault> {
    let loosenable = loosenable(base, keys);
    let is_fine = |change: &FieldChange| {
        let Some(place) = change.pointer.strip_prefix(ENTRIES) else { return false };
        let mut parts = place.split('/').skip(1);
        match (parts.next(), parts.next()) {
            (None, _) => is_order(change) || change.before.is_none(),
            (Some(entry), field) => {
                let is_new = field.is_none() && change.before.is_none();
                is_new || is_tightened(field, change) || loosenable.contains(entry)
            }
        }
    };
    let detail = "may only be made stricter here";
    changes
        .iter()
        .filter(|change| !is_fine(change))
        .map(|change| Fault::new(&change.pointer, detail))
        .collect()
}

fn is_tightened(field: Option<&str>, change: &FieldChange) -> bool {
    let effect = |value: &Option<Value>, effect: &str| value.as_ref().is_some_and(|value| value == effect);
    field == Some("effect") && effect(&change.before, "ALLOW") && effect(&change.after, "DENY")
}

/// The names of the entries that may be made looser, as segments of pointers.
fn loosenable(base: &Value, keys: &MergeKeys) -> BTreeSet<String> {
    let entries = base.get("entries").and_then(|entries| Keyed::of(entries, keys, ENTRIES));
    let Some(entries) = entries else { return BTreeSet::new() };
    let is_loosenable = |name: &&str| {
        entries.find(name).and_then(|entry| entry.get("loosenable")).is_some_and(|says| *says == true)
    };
    entries.names.iter().map(AsRef::as_ref).filter(is_loosenable).map(escaped).collect()
}
