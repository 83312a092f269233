use rstest::rstest;

use super::*;

const KIND: &str = r#"{
    "name": "thing", "description": "A thing.", "schema_version": 1, "override": "FULL",
    "merge_keys": { "/parts": "key" },
    "deployable_in": ["SYSTEM"], "read": "WORKSPACE_READ", "write": "ARTIFACT_MANAGE",
    "schema": { "type": "object", "properties": { "parts": { "type": "array", "maxItems": 3 } } }
}"#;

fn thing() -> Kind {
    Kind::parse(KIND).unwrap()
}

fn parts(names: &[&str]) -> Value {
    json!({ "parts": names.iter().map(|name| json!({ "key": name })).collect::<Vec<_>>() })
}

fn state(base: &Value, ours: &Value, below: &Value, locked: &[&str]) -> OverrideState {
    let locked: Vec<Pattern> = locked.iter().map(|pattern| pattern.parse().unwrap()).collect();
    override_state(&thing(), Some(base), ours, Some(Below { content: below, locked: &locked }))
}

#[test]
fn every_state_is_stored_sent_and_read_by_the_same_word() {
    for state in OverrideState::ALL {
        assert_eq!(state.as_str().parse(), Ok(state));
        assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        assert_eq!(serde_json::from_value::<OverrideState>(json!(state.as_str())).unwrap(), state);
    }
    assert!("UPGRADE_AVAILABLE".parse::<OverrideState>().is_err());
}

#[test]
fn an_override_over_nothing_is_an_orphan() {
    let ours = json!({ "a": 1 });

    assert_eq!(override_state(&thing(), Some(&json!({})), &ours, None), OverrideState::Orphaned);
}

#[rstest]
#[case::the_same_as_ours(json!({ "a": 2 }), &[""], OverrideState::Redundant)]
#[case::what_it_was(json!({ "a": 1, "b": 1 }), &[], OverrideState::Current)]
#[case::another_field_changed(json!({ "a": 1, "b": 2 }), &[], OverrideState::UpgradeAvailable(UpgradeClass::Clean))]
#[case::our_field_changed(json!({ "a": 3 }), &[], OverrideState::UpgradeAvailable(UpgradeClass::Conflict))]
#[case::our_field_is_locked(json!({ "a": 1, "b": 2 }), &["/a"], OverrideState::UpgradeAvailable(UpgradeClass::Locked))]
#[case::and_changed_too(json!({ "a": 3 }), &["/a"], OverrideState::UpgradeAvailable(UpgradeClass::Locked))]
#[case::another_is_locked(json!({ "a": 1, "b": 2 }), &["/b"], OverrideState::UpgradeAvailable(UpgradeClass::Clean))]
#[case::all_is_locked(json!({ "a": 3 }), &[""], OverrideState::UpgradeBlocked)]
fn a_state_follows_from_what_lies_below(
    #[case] below: Value,
    #[case] locked: &[&str],
    #[case] expected: OverrideState,
) {
    let (base, ours) = (json!({ "a": 1, "b": 1 }), json!({ "a": 2, "b": 1 }));
    let ours = if below == json!({ "a": 2 }) { below.clone() } else { ours };

    assert_eq!(state(&base, &ours, &below, locked), expected);
}

#[test]
fn a_merge_to_what_is_not_valid_breaks() {
    let (base, ours, below) = (parts(&["a"]), parts(&["a", "b", "c"]), parts(&["a", "d"]));

    let state = state(&base, &ours, &below, &[]);

    assert_eq!(state, OverrideState::UpgradeAvailable(UpgradeClass::Breaking));
}

#[rstest]
#[case(json!({ "a": 1 }), json!({ "a": 1, "b": 1 }), UpgradeClass::Clean)]
#[case(json!({ "a": 1 }), json!({ "a": 2 }), UpgradeClass::Conflict)]
fn what_was_made_from_nothing_is_compared_with_an_empty_object(
    #[case] ours: Value,
    #[case] below: Value,
    #[case] class: UpgradeClass,
) {
    let below = Below { content: &below, locked: &[] };

    let state = override_state(&thing(), None, &ours, Some(below));

    assert_eq!(state, OverrideState::UpgradeAvailable(class));
}

#[test]
fn what_was_made_from_nothing_is_held_by_locks_only_where_it_differs() {
    let (below, locked) = (json!({ "a": 1, "b": 1 }), ["/a".parse().unwrap()]);
    let state =
        |ours: Value| override_state(&thing(), None, &ours, Some(Below { content: &below, locked: &locked }));

    assert_eq!(state(json!({ "a": 1 })), OverrideState::UpgradeAvailable(UpgradeClass::Clean));
    assert_eq!(state(json!({ "a": 2, "b": 1 })), OverrideState::UpgradeAvailable(UpgradeClass::Locked));
}

#[test]
fn what_may_be_loosened_no_longer_is_locked() {
    let file = KIND.replace("\"FULL\"", "\"TIGHTEN\"").replace("/parts", "/entries");
    let entry = |effect: &str, loosenable: bool| json!({ "entries": [{ "key": "all", "effect": effect, "loosenable": loosenable }] });
    let (base, ours, below) = (entry("DENY", true), entry("ALLOW", true), entry("DENY", false));

    let below = Some(Below { content: &below, locked: &[] });
    let state = override_state(&Kind::parse(&file).unwrap(), Some(&base), &ours, below);

    assert_eq!(state, OverrideState::UpgradeAvailable(UpgradeClass::Locked));
}

#[test]
fn a_service_whose_interface_changes_under_its_callers_breaks() {
    let file =
        KIND.replace("\"thing\"", "\"service\"").replace("\"/parts\": \"key\"", "\"/operations\": \"name\"");
    let service = |timeout: i32, operation: &str| json!({ "timeout_ms": timeout, "operations": [{ "name": operation }] });
    let state = |below: Value| {
        let (base, ours) = (service(1, "send"), service(2, "send"));
        let below = Some(Below { content: &below, locked: &[] });
        override_state(&Kind::parse(&file).unwrap(), Some(&base), &ours, below)
    };

    assert_eq!(state(service(1, "post")), OverrideState::UpgradeAvailable(UpgradeClass::Breaking));
    assert_eq!(
        state(json!({ "timeout_ms": 1, "operations": [{ "name": "send" }, { "name": "post" }] })),
        OverrideState::UpgradeAvailable(UpgradeClass::Clean)
    );
}
