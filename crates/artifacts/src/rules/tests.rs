use proptest::{prelude::*, sample::subsequence};
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::diff::tests::{documents, model};

fn kind(rule: &Value, keys: &Value) -> Kind {
    let file = json!({
        "name": "thing", "description": "A thing.", "schema_version": 1, "override": rule, "merge_keys": keys,
        "locked": ["/id"], "deployable_in": ["SYSTEM"], "read": "WORKSPACE_READ", "write": "ARTIFACT_MANAGE",
        "schema": { "type": "object" },
    });
    Kind::parse(&file.to_string()).unwrap()
}

fn full() -> Kind {
    kind(&json!("FULL"), &json!({ "/parts": "key" }))
}

fn locks(patterns: &[&str]) -> Vec<Pattern> {
    patterns.iter().map(|pattern| pattern.parse().unwrap()).collect()
}

/// Where an override is refused; nothing where it is not.
fn refused(kind: &Kind, locked: &[&str], base: &Value, ours: &Value) -> Vec<String> {
    match check_override(kind, &locks(locked), base, ours) {
        Ok(()) => Vec::new(),
        Err(OverrideFault::Locked(faults)) => faults.into_iter().map(|fault| fault.pointer).collect(),
        Err(OverrideFault::NotOverridable) => panic!("nothing may be overridden"),
    }
}

#[test]
fn what_may_not_be_overridden_may_only_be_repeated() {
    let none = kind(&json!("NONE"), &json!({}));
    let (base, ours) = (json!({ "a": 1 }), json!({ "a": 2 }));

    assert_eq!(check_override(&none, &[], &base, &ours), Err(OverrideFault::NotOverridable));
    assert_eq!(check_override(&full(), &[Pattern::ROOT], &base, &ours), Err(OverrideFault::NotOverridable));
    assert_eq!(check_override(&none, &[], &base, &base), Ok(()));
}

#[rstest]
#[case::elsewhere(json!({ "id": 1, "a": { "b": 1, "c": 1 } }), json!({ "id": 1, "a": { "b": 1, "c": 2 } }), &[])]
#[case::the_kinds_own(json!({ "id": 1 }), json!({ "id": 2 }), &["/id"])]
#[case::the_place(json!({ "a": { "b": 1 } }), json!({ "a": { "b": 2 } }), &["/a/b"])]
#[case::below_the_place(json!({ "a": { "b": { "x": 1 } } }), json!({ "a": { "b": { "x": 2 } } }), &["/a/b/x"])]
#[case::added(json!({ "a": {} }), json!({ "a": { "b": 1 } }), &["/a/b"])]
#[case::added_with_what_is_above(json!({}), json!({ "a": { "b": 1, "c": 1 } }), &["/a/b"])]
#[case::above_added_without_it(json!({}), json!({ "a": { "c": 1 } }), &[])]
#[case::removed_with_what_is_above(json!({ "a": { "b": 1 } }), json!({}), &["/a/b"])]
#[case::above_removed_without_it(json!({ "a": { "c": 1 } }), json!({}), &[])]
#[case::replaced_with_what_is_above(json!({ "a": { "b": 1 } }), json!({ "a": [1] }), &["/a/b"])]
#[case::replacing_what_is_above(json!({ "a": [1] }), json!({ "a": { "b": 1 } }), &["/a/b"])]
#[case::replaced_by_the_same_inside(json!({ "a": 1 }), json!({ "a": { "c": 1 } }), &[])]
fn a_lock_holds_its_place_wherever_the_change_is_told(
    #[case] base: Value,
    #[case] ours: Value,
    #[case] at: &[&str],
) {
    assert_eq!(refused(&full(), &["/a/b"], &base, &ours), at);
}

#[rstest]
#[case::of_an_element_changed(json!([{ "key": "x", "name": 2 }]), &["/parts/x/name"])]
#[case::of_an_element_removed(json!([]), &["/parts/x/name"])]
#[case::of_a_new_element(json!([{ "key": "x", "name": 1 }, { "key": "y", "name": 1 }]), &[])]
#[case::the_array_gone(json!(null), &["/parts/x/name"])]
fn a_lock_below_a_star_holds_what_is_there_and_lets_new_elements_come(
    #[case] parts: Value,
    #[case] at: &[&str],
) {
    let base = json!({ "parts": [{ "key": "x", "name": 1 }] });

    assert_eq!(refused(&full(), &["/parts/*/name"], &base, &json!({ "parts": parts })), at);
}

#[test]
fn a_lock_on_an_array_holds_its_elements_and_their_order() {
    let parts = |names: &[&str]| json!({ "parts": names.iter().map(|name| json!({ "key": name })).collect::<Vec<_>>() });
    let base = parts(&["x", "y"]);

    assert_eq!(refused(&full(), &["/parts"], &base, &parts(&["y", "x"])), ["/parts"]);
    assert_eq!(refused(&full(), &["/parts"], &base, &parts(&["x", "y", "z"])), ["/parts/z"]);
    assert_eq!(refused(&full(), &["/parts/*/name"], &base, &parts(&["y", "x"])), [""; 0]);
}

#[rstest]
#[case::a_field(json!({ "labels": { "name": "b" } }), &[])]
#[case::a_field_below_what_is_added(json!({ "retry": { "times": 1 } }), &[])]
#[case::beside_a_field(json!({ "retry": { "times": 1, "wait": 1 } }), &["/retry/wait"])]
#[case::another(json!({ "url": "x", "labels": {} }), &["/url"])]
#[case::an_elements_field(json!({ "parts": [{ "key": "x", "timeout": 2 }] }), &[])]
#[case::a_new_element(json!({ "parts": [{ "key": "x" }, { "key": "y", "timeout": 2 }] }), &["/parts/y/key"])]
#[case::a_removed_element(json!({ "parts": [] }), &["/parts/x/key"])]
#[case::what_replaces_all(json!({ "parts": "none" }), &["/parts"])]
fn only_the_fields_of_a_rule_may_be_changed(#[case] ours: Value, #[case] at: &[&str]) {
    let rule = json!({ "FIELDS": ["/labels", "/retry/times", "/parts/*/timeout"] });
    let kind = kind(&rule, &json!({ "/parts": "key" }));
    let base = json!({ "labels": { "name": "a" }, "parts": [{ "key": "x" }] });
    let mut changed = base.clone();
    for (name, value) in ours.as_object().unwrap() {
        changed[name] = value.clone();
    }

    assert_eq!(refused(&kind, &[], &base, &changed), at);
}

#[test]
fn an_order_is_a_field_of_its_array() {
    let parts = |names: &[&str]| json!({ "parts": names.iter().map(|name| json!({ "key": name })).collect::<Vec<_>>() });
    let kind = |field: &str| kind(&json!({ "FIELDS": [field] }), &json!({ "/parts": "key" }));

    let (base, ours) = (parts(&["x", "y"]), parts(&["y", "x"]));

    assert_eq!(refused(&kind("/parts"), &[], &base, &ours), [""; 0]);
    assert_eq!(refused(&kind("/parts/*/name"), &[], &base, &ours), ["/parts"]);
}

#[rstest]
#[case::an_entry_is_added(json!([{ "key": "all", "effect": "ALLOW" }, { "key": "b/c", "effect": "DENY", "loosenable": true }, { "key": "new", "effect": "ALLOW" }]), &[])]
#[case::allow_becomes_deny(json!([{ "key": "all", "effect": "DENY" }, { "key": "b/c", "effect": "DENY", "loosenable": true }]), &[])]
#[case::the_order_changes(json!([{ "key": "b/c", "effect": "DENY", "loosenable": true }, { "key": "all", "effect": "ALLOW" }]), &[])]
#[case::what_is_loosenable_is_loosened(json!([{ "key": "all", "effect": "ALLOW" }, { "key": "b/c", "effect": "ALLOW" }]), &[])]
#[case::what_is_loosenable_is_removed(json!([{ "key": "all", "effect": "ALLOW" }]), &[])]
#[case::what_is_not_is_removed(json!([{ "key": "b/c", "effect": "DENY", "loosenable": true }]), &["/entries/all"])]
#[case::what_is_not_becomes_so(json!([{ "key": "all", "effect": "ALLOW", "loosenable": true }, { "key": "b/c", "effect": "DENY", "loosenable": true }]), &["/entries/all/loosenable"])]
#[case::the_list_goes(json!(null), &["/entries"])]
fn a_list_is_made_stricter_and_looser_only_where_it_says_so(#[case] entries: Value, #[case] at: &[&str]) {
    let kind = kind(&json!("TIGHTEN"), &json!({ "/entries": "key" }));
    let base = json!({ "entries": [
        { "key": "all", "effect": "ALLOW" },
        { "key": "b/c", "effect": "DENY", "loosenable": true },
    ] });

    assert_eq!(refused(&kind, &[], &base, &json!({ "entries": entries })), at);
}

#[test]
fn deny_becomes_allow_only_where_the_entry_below_says_so_and_nothing_else_changes() {
    let kind = kind(&json!("TIGHTEN"), &json!({ "/entries": "key" }));
    let entry = |effect: &str, loosenable: bool| json!({ "entries": [{ "key": "all", "effect": effect, "loosenable": loosenable }] });

    assert_eq!(refused(&kind, &[], &entry("DENY", false), &entry("ALLOW", false)), ["/entries/all/effect"]);
    assert_eq!(
        refused(&kind, &[], &entry("DENY", false), &entry("ALLOW", true)),
        ["/entries/all/effect", "/entries/all/loosenable"]
    );
    assert_eq!(refused(&kind, &[], &json!({}), &entry("ALLOW", false)), [""; 0]);
    assert_eq!(refused(&kind, &[], &json!({}), &json!({ "enabled": false })), ["/enabled"]);
}

const LOCKS: [&str; 14] = [
    "/name",
    "/plain",
    "/meta",
    "/meta/*",
    "/meta/c",
    "/meta/c/x",
    "/meta/*/x",
    "/phases",
    "/phases/*",
    "/phases/a",
    "/phases/*/name",
    "/phases/a/items",
    "/phases/a/items/*",
    "/phases/*/items/*/title",
];

/// Whether a lock is broken, place by place: something that it names is there and differs, or came and stands in nothing
/// new that the lock means by `*`.
fn is_broken(lock: &Pattern, base: &Value, ours: &Value) -> bool {
    let differs = |place: &String| lock.matches(place) && model::at(base, place) != model::at(ours, place);
    let is_in_new_element = |place: &str| {
        let (segments, stars): (Vec<&str>, Vec<&str>) =
            (place.split('/').collect(), lock.as_str().split('/').collect());
        (1..segments.len() - 1)
            .any(|at| stars[at] == "*" && model::at(base, &segments[..=at].join("/")).is_none())
    };
    let (old, new) = (model::places(base), model::places(ours));
    old.iter().any(differs) || new.difference(&old).any(|place| differs(place) && !is_in_new_element(place))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_override_is_refused_where_a_lock_is_broken_and_nowhere_else(
        [base, ours, _] in documents::history(),
        locked in subsequence(LOCKS.to_vec(), 1..=2),
    ) {
        let keys = json!({ "/phases": "key", "/phases/*/items": "key" });
        let locked = locks(&locked);

        let checked = check_override(&kind(&json!("FULL"), &keys), &locked, &base, &ours);

        let broken = locked.iter().any(|lock| is_broken(lock, &base, &ours));
        prop_assert_eq!(checked.is_err(), broken, "{:?}", checked);
    }

    #[test]
    fn an_override_changes_fields_that_its_rule_names_and_no_others(
        [base, ours, _] in documents::history(),
        fields in subsequence(LOCKS.to_vec(), 1..=3),
    ) {
        let keys = json!({ "/phases": "key", "/phases/*/items": "key" });
        let kind = kind(&json!({ "FIELDS": fields }), &keys);
        let fields = locks(&fields);

        let checked = check_override(&kind, &[], &base, &ours);

        let is_named = |place: &String| fields.iter().any(|field| field.covers(place));
        let is_way = |place: &String| fields.iter().any(|field| field.touches(place));
        let changed = model::changed(&base, &ours);
        if changed.iter().all(is_named) && model::reordered(&base, &ours).iter().all(is_named) {
            prop_assert_eq!(checked, Ok(()));
        } else if changed.iter().any(|place| !is_way(place)) {
            prop_assert!(checked.is_err());
        }
    }
}
