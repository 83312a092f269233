//! What holds of any documents.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use super::{
    super::*,
    documents::{document, history, keys},
    model,
};
use crate::pattern::escaped;

fn pairs(changes: &[FieldChange], part: EditPart) -> BTreeSet<String> {
    let told = model::told(changes.iter().map(|change| (&change.pointer, change.part, ())), part);
    assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), told.len(), "a place is told twice");
    told.into_iter().map(|(pointer, ())| pointer).collect()
}

fn sides(edits: &[Edit], part: EditPart) -> BTreeSet<(String, Side)> {
    let told = model::told(edits.iter().map(|edit| (&edit.pointer, edit.part, edit.side)), part);
    assert_eq!(told.iter().map(|(pointer, _)| pointer).collect::<BTreeSet<_>>().len(), told.len());
    told.into_iter().collect()
}

fn decisions(three: &ThreeWay<'_>, take: &Take) -> Vec<Decision> {
    let decide =
        |edit: &Edit| Decision { pointer: edit.pointer.clone(), part: edit.part, take: take.clone() };
    three.conflicts().map(decide).collect()
}

/// The document with the elements of every array of named elements in the order of their names.
fn sorted(document: &Value) -> Value {
    fn sort(value: &Value, pointer: &str) -> Value {
        match (value, model::names(value, pointer)) {
            (Value::Object(fields), _) => fields
                .iter()
                .map(|(name, value)| (name.clone(), sort(value, &format!("{pointer}/{}", escaped(name)))))
                .collect(),
            (Value::Array(elements), Some(names)) => {
                let mut named: Vec<_> = names.into_iter().zip(elements).collect();
                named.sort_by(|one, other| one.0.cmp(&other.0));
                named
                    .iter()
                    .map(|(name, element)| sort(element, &format!("{pointer}/{}", escaped(name))))
                    .collect()
            }
            _ => value.clone(),
        }
    }
    sort(document, "")
}

/// Does what a list of changes says; what is added to an array goes to its end.
fn apply(document: &Value, changes: &[FieldChange]) -> Value {
    let mut document = document.clone();
    for change in changes.iter().filter(|change| change.part == EditPart::Value) {
        put(&mut document, &change.pointer, change.after.clone());
    }
    for change in changes.iter().filter(|change| change.part == EditPart::Order) {
        let order = change.after.as_ref().and_then(Value::as_array).unwrap().clone();
        let place = |element: &Value| {
            let name = element["key"].as_str().map_or_else(|| element["key"].to_string(), str::to_owned);
            order.iter().position(|other| *other == name)
        };
        let mut elements = model::at(&document, &change.pointer).unwrap().as_array().unwrap().clone();
        elements.sort_by_key(place);
        put(&mut document, &change.pointer, Some(Value::from(elements)));
    }
    document
}

fn put(document: &mut Value, pointer: &str, value: Option<Value>) {
    let Some((parent, last)) = pointer.rsplit_once('/') else {
        *document = value.unwrap();
        return;
    };
    let name = last.replace("~1", "/").replace("~0", "~");
    let mut holder = model::at(document, parent).unwrap().clone();
    let existing = model::names(&holder, parent).unwrap().into_iter().position(|other| other == name);
    match (&mut holder, value, existing) {
        (Value::Object(fields), Some(value), _) => {
            fields.insert(name, value);
        }
        (Value::Object(fields), None, _) => {
            fields.remove(&name);
        }
        (Value::Array(elements), Some(value), Some(at)) => elements[at] = value,
        (Value::Array(elements), Some(value), None) => elements.push(value),
        (Value::Array(elements), None, at) => {
            elements.remove(at.unwrap());
        }
        _ => unreachable!("only objects and arrays hold anything"),
    }
    put(document, parent, Some(holder));
}

fn swapped(edits: &[Edit]) -> Vec<Edit> {
    let swap = |edit: &Edit| Edit {
        side: match edit.side {
            Side::Ours => Side::Theirs,
            Side::Theirs => Side::Ours,
            Side::Both | Side::Conflict => edit.side,
        },
        ours: edit.theirs.clone(),
        theirs: edit.ours.clone(),
        ..edit.clone()
    };
    edits.iter().map(swap).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_changes_are_those_of_the_model([before, after, _] in history()) {
        let changes = changes(&before, &after, &keys());

        prop_assert_eq!(pairs(&changes, EditPart::Value), model::changed(&before, &after));
        prop_assert_eq!(pairs(&changes, EditPart::Order), model::reordered(&before, &after));
        for change in changes.iter().filter(|change| change.part == EditPart::Value) {
            prop_assert_eq!(change.before.as_ref(), model::at(&before, &change.pointer));
            prop_assert_eq!(change.after.as_ref(), model::at(&after, &change.pointer));
        }
    }

    #[test]
    fn doing_the_changes_makes_the_one_document_the_other([before, after, _] in history()) {
        let done = apply(&before, &changes(&before, &after, &keys()));

        prop_assert_eq!(sorted(&done), sorted(&after));
        for ((at, done), (pointer, names)) in model::orders(&done).into_iter().zip(model::orders(&after)) {
            let there = |name: &String| {
                let old = model::at(&before, &at).and_then(|value| model::names(value, &at));
                old.is_none_or(|old| old.contains(name))
            };
            let kept: [Vec<String>; 2] = [done, names].map(|names| names.into_iter().filter(there).collect());
            prop_assert_eq!(&at, &pointer);
            prop_assert_eq!(&kept[0], &kept[1]);
        }
    }

    #[test]
    fn the_edits_are_those_of_the_model([base, ours, theirs] in history()) {
        let keys = keys();
        let edits = three_way(&base, &ours, &theirs, &keys).edits;

        prop_assert_eq!(sides(&edits, EditPart::Value), model::edited(&base, &ours, &theirs));
        for edit in edits.iter().filter(|edit| edit.part == EditPart::Value) {
            prop_assert_eq!(edit.base.as_ref(), model::at(&base, &edit.pointer));
            prop_assert_eq!(edit.ours.as_ref(), model::at(&ours, &edit.pointer));
            prop_assert_eq!(edit.theirs.as_ref(), model::at(&theirs, &edit.pointer));
        }
        prop_assert_eq!(edits.is_empty(), base == ours && base == theirs);
    }

    #[test]
    fn a_merge_has_each_edit_and_nothing_else(
        [base, ours, theirs] in history(),
        takes in prop::collection::vec(any::<bool>(), 32),
    ) {
        let keys = keys();
        let three = three_way(&base, &ours, &theirs, &keys);
        let mut decisions = decisions(&three, &Take::Ours);
        for (decision, ours) in decisions.iter_mut().zip(&takes) {
            decision.take = if *ours { Take::Ours } else { Take::Theirs };
        }

        let merged = three.merge(&decisions).unwrap();

        let mut expected = base.clone();
        for edit in three.edits.iter().filter(|edit| edit.part == EditPart::Value) {
            let decided = decisions.iter().find(|d| (&d.pointer, d.part) == (&edit.pointer, edit.part));
            let after = match (edit.side, decided.map(|decision| &decision.take)) {
                (Side::Theirs, _) | (_, Some(Take::Theirs)) => edit.theirs.clone(),
                _ => edit.ours.clone(),
            };
            put(&mut expected, &edit.pointer, after);
        }
        prop_assert_eq!(sorted(&merged), sorted(&expected));
    }

    #[test]
    fn who_changes_nothing_gets_what_the_other_has([base, other, _] in history()) {
        let keys = keys();

        for (ours, theirs) in [(&base, &other), (&other, &base), (&other, &other)] {
            let three = three_way(&base, ours, theirs, &keys);
            prop_assert_eq!(three.merge(&[]), Ok(other.clone()));
        }
    }

    #[test]
    fn the_sides_may_be_swapped([base, ours, theirs] in history()) {
        let keys = keys();
        let (one, other) = (three_way(&base, &ours, &theirs, &keys), three_way(&base, &theirs, &ours, &keys));

        prop_assert_eq!(swapped(&one.edits), other.edits.clone());
        for (take, opposite) in [(Take::Ours, Take::Theirs), (Take::Theirs, Take::Ours)] {
            prop_assert_eq!(one.merge(&decisions(&one, &take)), other.merge(&decisions(&other, &opposite)));
        }
    }

    #[test]
    fn an_order_that_one_side_alone_changed_holds([base, ours, theirs] in history()) {
        let keys = keys();
        let three = three_way(&base, &ours, &theirs, &keys);
        let merged = three.merge(&decisions(&three, &Take::Ours)).unwrap();

        for (pointer, merged) in model::orders(&merged) {
            let [base, ours, theirs] = [&base, &ours, &theirs]
                .map(|document| model::names(model::at(document, &pointer)?, &pointer));
            let (Some(base), Some(ours), Some(theirs)) = (base, ours, theirs) else { continue };
            let is_decided =
                three.conflicts().any(|edit| (&edit.pointer, edit.part) == (&pointer, EditPart::Order));
            let shared: Vec<String> = base.into_iter().filter(|name| theirs.contains(name)).collect();
            let by_ours = model::is_reordered(&shared, &ours);
            if is_decided || by_ours || !model::is_reordered(&ours, &theirs) {
                prop_assert!(!model::is_reordered(&ours, &merged), "{pointer}: {ours:?} {theirs:?} {merged:?}");
            }
            if !is_decided && !by_ours {
                prop_assert!(!model::is_reordered(&theirs, &merged), "{pointer}: {ours:?} {theirs:?} {merged:?}");
            }
        }
    }

    #[test]
    fn changes_in_different_fields_merge_by_themselves(base in document(), ours in document(), theirs in document()) {
        let keys = keys();
        let take = |from: &Value, fields: &[&str]| {
            let mut document = base.clone();
            for field in fields {
                put(&mut document, &format!("/{field}"), from.get(field).cloned());
            }
            document
        };
        let (ours, theirs) = (take(&ours, &["name", "phases"]), take(&theirs, &["meta", "plain"]));

        let merged = three_way(&base, &ours, &theirs, &keys).merge(&[]);

        prop_assert_eq!(merged.as_ref().map(|merged| [merged.get("name"), merged.get("phases")]),
            Ok([ours.get("name"), ours.get("phases")]));
        prop_assert_eq!(merged.as_ref().map(|merged| [merged.get("meta"), merged.get("plain")]),
            Ok([theirs.get("meta"), theirs.get("plain")]));
    }
}
