pub(crate) mod documents;
mod laws;
pub(crate) mod model;

use guildhall_core::Fault;
use serde_json::{Value, json};

use super::*;
use crate::MAX_CONTENT_DEPTH;
use documents::keys;

fn edit(pointer: &str, side: Side) -> (String, EditPart, Side) {
    (pointer.to_owned(), EditPart::Value, side)
}

fn listed(edits: &[Edit]) -> Vec<(String, EditPart, Side)> {
    edits.iter().map(|edit| (edit.pointer.clone(), edit.part, edit.side)).collect()
}

fn phases(names: &[&str]) -> Value {
    json!({ "phases": names.iter().map(|name| json!({ "key": name })).collect::<Vec<_>>() })
}

fn decide(pointer: &str, part: EditPart, take: Take) -> Decision {
    Decision { pointer: pointer.to_owned(), part, take }
}

#[test]
fn a_change_is_told_at_the_highest_place_that_came_or_went_as_a_whole() {
    let before = json!({ "name": "Launch", "meta": { "a": 1, "b": { "c": 2 } }, "plain": [1, 2] });
    let after = json!({ "name": "Start", "meta": { "a": 1, "d": { "e": null } }, "plain": [1, 3] });

    let changes = changes(&before, &after, &keys());

    let told: Vec<_> = changes
        .iter()
        .map(|change| (change.pointer.as_str(), change.before.clone(), change.after.clone()))
        .collect();
    assert_eq!(
        told,
        [
            ("/meta/b", Some(json!({ "c": 2 })), None),
            ("/meta/d", None, Some(json!({ "e": null }))),
            ("/name", Some(json!("Launch")), Some(json!("Start"))),
            ("/plain", Some(json!([1, 2])), Some(json!([1, 3]))),
        ]
    );
}

#[test]
fn an_element_is_known_by_its_name_and_not_by_its_index() {
    let before = json!({ "phases": [{ "key": "plan" }, { "key": "do/it" }] });
    let after = json!({ "phases": [{ "key": "new" }, { "key": "do/it", "name": "Do" }, { "key": "plan" }] });

    let changes = changes(&before, &after, &keys());

    let told: Vec<_> = changes.iter().map(|change| (change.pointer.as_str(), change.part)).collect();
    assert_eq!(
        told,
        [
            ("/phases/do~1it/name", EditPart::Value),
            ("/phases/new", EditPart::Value),
            ("/phases", EditPart::Order),
        ]
    );
}

#[test]
fn changes_at_different_places_merge_by_themselves() {
    let base = json!({ "name": "Launch", "phases": [{ "key": "plan", "items": [{ "key": "brief", "title": "Brief" }] }] });
    let mut ours = base.clone();
    ours["phases"][0]["items"][0]["title"] = json!("The brief");
    let mut theirs = base.clone();
    theirs["phases"][0]["items"] =
        json!([{ "key": "brief", "title": "Brief", "done": true }, { "key": "budget" }]);
    let keys = keys();

    let three = three_way(&base, &ours, &theirs, &keys);

    assert_eq!(
        listed(&three.edits),
        [
            edit("/phases/plan/items/brief/done", Side::Theirs),
            edit("/phases/plan/items/brief/title", Side::Ours),
            edit("/phases/plan/items/budget", Side::Theirs),
        ]
    );
    assert_eq!(
        three.merge(&[]).unwrap()["phases"][0]["items"],
        json!([{ "key": "brief", "title": "The brief", "done": true }, { "key": "budget" }])
    );
}

#[test]
fn removing_what_the_other_changed_inside_is_a_conflict_at_the_removed_place() {
    let base = json!({ "phases": [{ "key": "plan", "name": "Plan", "items": [] }, { "key": "do" }] });
    let ours = json!({ "phases": [{ "key": "do" }] });
    let mut theirs = base.clone();
    theirs["phases"][0]["items"] = json!([{ "key": "brief" }]);
    let keys = keys();

    let three = three_way(&base, &ours, &theirs, &keys);

    assert_eq!(listed(&three.edits), [edit("/phases/plan", Side::Conflict)]);
    let merged = |take| three.merge(&[decide("/phases/plan", EditPart::Value, take)]);
    assert_eq!(merged(Take::Ours).unwrap(), ours);
    assert_eq!(merged(Take::Theirs).unwrap(), theirs);
    assert_eq!(
        merged(Take::Value(json!({ "key": "plan" }))).unwrap(),
        json!({ "phases": [{ "key": "plan" }, { "key": "do" }] })
    );
    assert_eq!(
        merged(Take::Value(json!({ "key": "do" }))).unwrap_err(),
        [Fault::new("/phases/plan", "must be an object with the `key` `plan`")]
    );
}

#[test]
fn what_one_side_adds_follows_its_predecessor_where_the_other_moves_it() {
    let (base, ours) = (phases(&["a", "b", "c"]), phases(&["c", "a", "b"]));
    let theirs = phases(&["a", "x", "y", "b", "c", "z"]);
    let keys = keys();

    let three = three_way(&base, &ours, &theirs, &keys);

    assert_eq!(three.conflicts().count(), 0);
    assert_eq!(three.merge(&[]).unwrap(), phases(&["c", "z", "a", "x", "y", "b"]));
}

#[test]
fn two_additions_at_one_place_stand_one_behind_the_other_whoever_made_which() {
    let (base, one, other) = (phases(&["a"]), phases(&["a", "n", "b"]), phases(&["a", "m", "z"]));
    let keys = keys();

    let merged = three_way(&base, &one, &other, &keys).merge(&[]).unwrap();

    assert_eq!(merged, phases(&["a", "m", "z", "n", "b"]));
    assert_eq!(three_way(&base, &other, &one, &keys).merge(&[]).unwrap(), merged);
}

#[test]
fn two_different_orders_are_a_conflict() {
    let base = phases(&["a", "b", "c"]);
    let (ours, theirs) = (phases(&["b", "a", "c", "x"]), phases(&["a", "c", "b"]));
    let keys = keys();

    let three = three_way(&base, &ours, &theirs, &keys);

    let order = three.conflicts().next().unwrap();
    assert_eq!((order.pointer.as_str(), order.part), ("/phases", EditPart::Order));
    assert_eq!(order.ours, Some(json!(["b", "a", "c", "x"])));
    let merged = |take| three.merge(&[decide("/phases", EditPart::Order, take)]);
    assert_eq!(merged(Take::Ours).unwrap(), ours);
    assert_eq!(merged(Take::Theirs).unwrap(), phases(&["a", "c", "x", "b"]));
    assert_eq!(merged(Take::Value(json!(["c", "b", "a"]))).unwrap(), phases(&["c", "x", "b", "a"]));
    assert_eq!(
        merged(Take::Value(json!(["c", "c", "q"]))).unwrap_err(),
        [
            Fault::new("/phases", "is ordered by `c` twice"),
            Fault::new("/phases", "is ordered by `q`, which it has no element of"),
        ]
    );
    assert!(merged(Take::Value(json!("c"))).is_err());
}

#[test]
fn every_conflict_is_decided_once_and_nothing_else_is() {
    let (base, ours, theirs) =
        (json!({ "a": 1, "b": 1 }), json!({ "a": 2, "b": 2, "c": 1 }), json!({ "a": 3, "b": 3 }));
    let keys = keys();
    let three = three_way(&base, &ours, &theirs, &keys);
    let take = |pointer: &str| decide(pointer, EditPart::Value, Take::Ours);

    let faults = three.merge(&[take("/a"), take("/a"), take("/c")]).unwrap_err();

    assert_eq!(
        faults,
        [
            Fault::new("/a", "is decided twice (`VALUE`)"),
            Fault::new("/c", "is no conflict (`VALUE`)"),
            Fault::new("/b", "is a conflict that is not decided (`VALUE`)"),
        ]
    );
    assert!(three.merge(&[take("/a"), decide("/b", EditPart::Order, Take::Ours)]).is_err());
    let null = decide("/b", EditPart::Value, Take::Value(Value::Null));
    assert_eq!(three.merge(&[take("/a"), null]).unwrap(), json!({ "a": 2, "b": null, "c": 1 }));
}

#[test]
fn an_array_whose_elements_lack_a_name_or_share_one_is_one_value() {
    let base = phases(&["a", "b"]);
    let ours = json!({ "phases": [{ "key": "a" }, { "key": "a" }] });
    let theirs = phases(&["a", "b", "c"]);
    let keys = keys();

    assert_eq!(listed(&three_way(&base, &ours, &theirs, &keys).edits), [edit("/phases", Side::Conflict)]);
    assert_eq!(listed(&three_way(&base, &ours, &base, &keys).edits), [edit("/phases", Side::Ours)]);
}

#[test]
fn merge_keys_that_are_missing_wrong_or_repeated_are_faults() {
    let content = json!({ "phases": [
        { "key": "a", "items": [{ "key": 1 }, { "key": "1" }] },
        { "items": [{ "key": true }, 7] },
        { "key": "a" },
    ] });

    let faults = check_merge_keys(&content, &keys());

    assert_eq!(
        faults,
        [
            Fault::new("/phases/0/items/1", "has the `key` of element 0"),
            Fault::new("/phases/1", "must have a `key`, a text or a number"),
            Fault::new("/phases/1/items/0", "must have a `key`, a text or a number"),
            Fault::new("/phases/1/items/1", "must have a `key`, a text or a number"),
            Fault::new("/phases/2", "has the `key` of element 0"),
        ]
    );
    assert_eq!(check_merge_keys(&phases(&["a", "b"]), &keys()), []);
}

#[test]
fn what_is_stored_is_read_back_and_null_is_not_nothing() {
    let (base, ours, theirs) = (json!({ "a": 1 }), json!({ "a": null }), json!({ "a": 2 }));
    let keys = keys();
    let edits = three_way(&base, &ours, &theirs, &keys).edits;

    let stored = serde_json::to_value(&edits).unwrap();

    assert_eq!(stored[0]["part"], "VALUE");
    assert_eq!(stored[0]["side"], "CONFLICT");
    assert_eq!(serde_json::from_value::<Vec<Edit>>(stored).unwrap(), edits);
    let decision = json!({ "pointer": "/a", "part": "VALUE", "take": { "VALUE": null } });
    let decision: Decision = serde_json::from_value(decision).unwrap();
    assert_eq!(decision.take, Take::Value(Value::Null));
}

#[test]
fn what_stands_too_deep_or_too_far_is_one_value() {
    let deep = |leaf: i32| (0..MAX_CONTENT_DEPTH + 8).fold(json!(leaf), |inner, _| json!({ "a": inner }));
    let long = "k".repeat(600);
    let far = |x: i32, y: i32| json!({ "a": { &long: { "x": x, "y": y } } });

    let deep = changes(&deep(1), &deep(2), &keys());
    let far = changes(&far(1, 1), &far(2, 2), &keys());

    assert_eq!(deep.len(), 1);
    assert_eq!(deep[0].pointer, "/a".repeat(MAX_CONTENT_DEPTH));
    assert_eq!(far.len(), 1);
    assert_eq!(far[0].pointer, format!("/a/{long}"));
}

/// Ten thousand elements, all of them moved and changed: what grows with their square takes minutes here.
#[test]
fn large_arrays_are_compared_and_merged_in_a_moment() {
    let element = |number: usize, field: &str| json!({ "key": number, field: 1 });
    let all = |field: &str, numbers: &mut dyn Iterator<Item = usize>| -> Value {
        json!({ "phases": numbers.map(|number| element(number, field)).collect::<Vec<_>>() })
    };
    let (base, ours) = (all("a", &mut (0..10_000)), all("b", &mut (0..10_000).rev()));
    let theirs = all("a", &mut (5_000..15_000));
    let keys = keys();

    let three = three_way(&base, &ours, &theirs, &keys);
    let decisions: Vec<_> =
        three.conflicts().map(|edit| decide(&edit.pointer, edit.part, Take::Ours)).collect();
    let merged = three.merge(&decisions).unwrap();

    assert_eq!(decisions.len(), 5_000);
    assert_eq!(merged["phases"].as_array().unwrap().len(), 15_000);
}
