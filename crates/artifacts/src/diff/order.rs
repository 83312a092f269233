//! In which order the elements of an array with a merge key stand.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Side, keyed::Keyed};

/// An array's keys, as a value.
pub(super) fn listed(array: &Keyed<'_>) -> Value {
    array.names.iter().map(|name| Value::from(name.as_ref())).collect()
}

/// Whether elements that both have stand in another order.
pub(super) fn is_changed(before: &Keyed<'_>, after: &Keyed<'_>) -> bool {
    !stand_alike(before, after, |_| true)
}

/// Whether those elements of both stand in the same order in both.
fn stand_alike(one: &Keyed<'_>, other: &Keyed<'_>, counts: impl Fn(&str) -> bool) -> bool {
    let in_one = one.names.iter().filter(|name| other.find(name).is_some() && counts(name));
    let in_other = other.names.iter().filter(|name| one.find(name).is_some() && counts(name));
    in_one.eq(in_other)
}

/// Who changed the order of the base; `None` where nobody did.
///
/// Two changed orders are no conflict where the elements that both sides still have stand alike, nor where the elements
/// that all three have were moved by one side alone. An element that both added, at places that do not agree, is one.
pub(super) fn changed_by(base: &Keyed<'_>, ours: &Keyed<'_>, theirs: &Keyed<'_>) -> Option<Side> {
    let (by_ours, by_theirs) = if stand_alike(ours, theirs, |_| true) {
        (is_changed(base, ours), is_changed(base, theirs))
    } else {
        let moved = |side, other: &Keyed<'_>| !stand_alike(base, side, |name| other.find(name).is_some());
        match (moved(ours, theirs), moved(theirs, ours)) {
            (true, false) => (true, false),
            (false, true) => (false, true),
            (true, true) | (false, false) => return Some(Side::Conflict),
        }
    };
    match (by_ours, by_theirs) {
        (true, true) => Some(Side::Both),
        (true, false) => Some(Side::Ours),
        (false, true) => Some(Side::Theirs),
        (false, false) => None,
    }
}

/// The names of both lists, each once. Those that both have stand as in `lead`; behind each follows what follows it in one
/// list alone, run by run, the run with the lesser first name first: so it is all the same which side a list is from.
pub(super) fn woven<'n>(lead: &[&'n str], other: &[&'n str]) -> Vec<&'n str> {
    let led: BTreeSet<&str> = lead.iter().copied().collect();
    let common: BTreeSet<&str> = other.iter().copied().filter(|name| led.contains(name)).collect();
    let (mut of_lead, mut of_other) = (runs(lead, &common), runs(other, &common));
    let anchors = lead.iter().copied().filter(|name| common.contains(name));
    let mut all = Vec::with_capacity(lead.len() + other.len());
    for anchor in std::iter::once(None).chain(anchors.map(Some)) {
        all.extend(anchor);
        let mut follow = [&mut of_lead, &mut of_other].map(|runs| runs.remove(&anchor).unwrap_or_default());
        follow.sort_by_key(|run| run.first().copied());
        all.extend(follow.into_iter().flatten());
    }
    all
}

/// What stands behind each of the common names, up to the next, and before the first.
fn runs<'n>(names: &[&'n str], common: &BTreeSet<&str>) -> BTreeMap<Option<&'n str>, Vec<&'n str>> {
    let mut runs: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
    let mut anchor = None;
    for &name in names {
        if common.contains(name) {
            anchor = Some(name);
        } else {
            runs.entry(anchor).or_default().push(name);
        }
    }
    runs
}
