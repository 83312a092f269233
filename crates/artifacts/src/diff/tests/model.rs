//! The same differences, as a slow model says them: it lists all places of the documents, looks each up from the top, and
//! asks of each place by itself whether it is one to tell.

use std::collections::BTreeSet;

use serde_json::Value;

use super::documents::keys;
use crate::{EditPart, MergeKeys, Side, pattern::escaped};

/// What three documents have at a place.
type Triple<'v> = [Option<&'v Value>; 3];

/// The places of a document: itself, its fields and its named elements, and theirs.
pub(crate) fn places(document: &Value) -> BTreeSet<String> {
    let mut places = BTreeSet::from([String::new()]);
    let mut open = vec![String::new()];
    while let Some(pointer) = open.pop() {
        for name in names(at(document, &pointer).unwrap(), &pointer).unwrap_or_default() {
            let place = format!("{pointer}/{}", escaped(&name));
            places.insert(place.clone());
            open.push(place);
        }
    }
    places
}

/// The names of what stands below; `None` where nothing can.
pub(crate) fn names(value: &Value, pointer: &str) -> Option<Vec<String>> {
    match value {
        Value::Object(fields) => Some(fields.keys().cloned().collect()),
        Value::Array(elements) if is_keyed(&keys(), pointer) => {
            Some(elements.iter().map(|element| name(&element["key"])).collect())
        }
        _ => None,
    }
}

fn is_keyed(keys: &MergeKeys, pointer: &str) -> bool {
    keys.keys().any(|pattern| pattern.matches(pointer))
}

fn name(key: &Value) -> String {
    key.as_str().map_or_else(|| key.to_string(), str::to_owned)
}

/// What stands at a place.
pub(crate) fn at<'v>(document: &'v Value, pointer: &str) -> Option<&'v Value> {
    let mut value = document;
    for segment in pointer.split('/').skip(1) {
        let wanted = segment.replace("~1", "/").replace("~0", "~");
        value = match value {
            Value::Object(fields) => fields.get(&wanted)?,
            Value::Array(elements) => elements.iter().find(|element| name(&element["key"]) == wanted)?,
            _ => return None,
        };
    }
    Some(value)
}

/// All places above, the highest first.
fn above(pointer: &str) -> impl Iterator<Item = &str> {
    pointer.match_indices('/').map(|(end, _)| &pointer[..end])
}

/// Whether all have things below that place: all objects, or all arrays of named elements.
fn all_open(pointer: &str, values: &[Option<&Value>]) -> bool {
    let open = |value: &Option<&Value>| value.and_then(|value| names(value, pointer)).is_some();
    let objects = values.iter().filter(|value| value.is_some_and(Value::is_object)).count();
    values.iter().all(open) && (objects == 0 || objects == values.len())
}

/// The places at which two documents differ.
pub(crate) fn changed(before: &Value, after: &Value) -> BTreeSet<String> {
    let pair = |pointer: &str| [at(before, pointer), at(after, pointer)];
    let tells = |pointer: &String| {
        let [before, after] = pair(pointer);
        before != after
            && !all_open(pointer, &[before, after])
            && above(pointer).all(|higher| all_open(higher, &pair(higher)))
    };
    places(before).union(&places(after)).filter(|pointer| tells(pointer)).cloned().collect()
}

/// The places at which two documents differ from their base, and who made them so.
pub(crate) fn edited(base: &Value, ours: &Value, theirs: &Value) -> BTreeSet<(String, Side)> {
    let triple = |pointer: &str| -> Triple<'_> { [base, ours, theirs].map(|document| at(document, pointer)) };
    let all_differ = |[base, ours, theirs]: Triple<'_>| base != ours && ours != theirs && base != theirs;
    let is_conflict = |pointer: &str| {
        all_differ(triple(pointer))
            && !all_open(pointer, &triple(pointer))
            && above(pointer).all(|higher| all_open(higher, &triple(higher)))
    };
    let all: BTreeSet<String> = [base, ours, theirs].into_iter().flat_map(places).collect();
    let conflicts: BTreeSet<&String> = all.iter().filter(|pointer| is_conflict(pointer)).collect();
    let is_free = |pointer: &str| !above(pointer).chain([pointer]).any(|p| conflicts.contains(&p.to_owned()));
    let mut edited: BTreeSet<_> =
        conflicts.iter().map(|pointer| ((*pointer).clone(), Side::Conflict)).collect();
    for (side, changed) in [(Side::Ours, changed(base, ours)), (Side::Theirs, changed(base, theirs))] {
        for pointer in changed.into_iter().filter(|pointer| is_free(pointer)) {
            let [_, ours, theirs] = triple(&pointer);
            edited.insert((pointer, if ours == theirs { Side::Both } else { side }));
        }
    }
    edited
}

/// The arrays of named elements that a document has, with the names in their order.
pub(crate) fn orders(document: &Value) -> Vec<(String, Vec<String>)> {
    let arrays = places(document).into_iter().filter_map(|pointer| {
        let value = at(document, &pointer)?;
        let names = names(value, &pointer).filter(|_| value.is_array())?;
        Some((pointer, names))
    });
    arrays.collect()
}

/// Whether elements that both arrays have stand in another order: looks at every pair.
pub(crate) fn is_reordered(before: &[String], after: &[String]) -> bool {
    let index = |names: &[String], name: &String| names.iter().position(|other| other == name);
    before.iter().enumerate().any(|(at, earlier)| {
        before.iter().skip(at + 1).any(|later| {
            matches!((index(after, earlier), index(after, later)), (Some(first), Some(second)) if first > second)
        })
    })
}

/// The places whose order differs between two documents.
pub(crate) fn reordered(before: &Value, after: &Value) -> BTreeSet<String> {
    let told = |(pointer, names): (String, Vec<String>)| {
        let open = |higher: &str| all_open(higher, &[at(before, higher), at(after, higher)]);
        let there = above(&pointer).all(open) && open(&pointer);
        let others = self::names(at(after, &pointer)?, &pointer)?;
        (there && is_reordered(&names, &others)).then_some(pointer)
    };
    orders(before).into_iter().filter_map(told).collect()
}

/// What a list of differences says, in the model's words.
pub(crate) fn told<'c, T: 'c>(
    found: impl IntoIterator<Item = (&'c String, EditPart, T)>,
    part: EditPart,
) -> Vec<(String, T)> {
    found.into_iter().filter(|(_, of, _)| *of == part).map(|(at, _, what)| (at.clone(), what)).collect()
}
