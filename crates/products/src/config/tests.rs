use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::json;

use super::*;

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("{other} is no object"),
    }
}

fn faults(config: Value, schema: &Value) -> Vec<Fault> {
    check_config(&object(config), Some(schema))
}

fn nested(levels: usize) -> Value {
    (0..levels).fold(json!(1), |inner, _| json!({ "a": inner }))
}

#[test]
fn a_configuration_keeps_to_its_schema() {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {"rows": {"type": "integer", "minimum": 1}},
        "properties": {"rows": {"$ref": "#/$defs/rows"}, "title": {"type": "string", "pattern": "^[a-z]+$"}},
        "required": ["rows"]
    });

    assert_eq!(faults(json!({"rows": 3, "title": "a"}), &schema.clone()), []);
    let pointers: Vec<String> =
        faults(json!({"rows": 0, "title": "A"}), &schema).into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, ["/config/rows", "/config/title"]);
}

#[test]
fn a_fault_does_not_repeat_the_value() {
    let found = faults(json!({"a": "a secret"}), &json!({"properties": {"a": {"type": "integer"}}}));

    assert!(!found[0].detail.contains("secret"), "{found:?}");
}

#[rstest]
#[case(json!({"$ref": "https://example.test/schema.json"}))]
#[case(json!({"properties": {"a": {"$ref": "other.json#/a"}}}))]
#[case(json!({"$ref": "file:///etc/passwd"}))]
#[case(json!({"$ref": "#anchor"}))]
#[case(json!({"$ref": "#/%24defs"}))]
#[case(json!({"$dynamicRef": "#a"}))]
#[case(json!({"$schema": "https://example.test/own-draft"}))]
#[case(json!({"properties": {"a": {"$id": "https://example.test/a", "$ref": "#/b"}}}))]
#[case(json!({"$ref": "#/absent"}))]
#[case(json!({"type": "nonsense"}))]
#[case(json!({"pattern": "("}))]
#[case(json!({"pattern": "(?=a)b"}))]
#[case(json!(true))]
fn a_schema_that_leaves_its_document_or_is_none_is_refused(#[case] schema: Value) {
    let found = faults(json!({}), &schema);

    assert!(!found.is_empty() && found.iter().all(|fault| fault.pointer.starts_with("/config_schema")));
}

#[rstest]
#[case(json!({"$ref": "#"}))]
#[case(json!({"properties": {"a": {"$ref": "#"}}}))]
#[case(json!({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}))]
fn a_schema_that_contains_itself_is_refused(#[case] schema: Value) {
    assert!(faults(json!({}), &schema)[0].detail.contains("contain itself"));
}

#[test]
fn a_small_schema_that_unfolds_without_end_is_refused() {
    let mut definitions = Map::new();
    for step in 0..30 {
        let next = format!("#/$defs/s{}", step + 1);
        definitions.insert(format!("s{step}"), json!({"allOf": [{"$ref": next}, {"$ref": next}]}));
    }
    definitions.insert("s30".to_owned(), json!({"type": "object"}));

    let found = faults(json!({}), &json!({"$defs": definitions, "$ref": "#/$defs/s0"}));

    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_long_chain_of_references_is_refused() {
    let mut definitions = Map::new();
    for step in 0..1_000 {
        definitions.insert(format!("s{step}"), json!({"$ref": format!("#/$defs/s{}", step + 1)}));
    }
    definitions.insert("s1000".to_owned(), json!({}));

    assert_eq!(faults(json!({}), &json!({"$defs": definitions})).len(), 1);
}

#[test]
fn nested_checks_of_what_is_left_over_stay_quick() {
    let schema = (0..15).fold(
        json!({"unevaluatedProperties": false}),
        |inner, _| json!({"allOf": [inner], "unevaluatedProperties": {"type": "integer"}}),
    );
    let start = Instant::now();

    let found = faults(json!({"a": "x"}), &schema);

    assert!(found.iter().all(|fault| fault.pointer == "/config"), "the schema itself is in order: {found:?}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn patterns_that_compile_to_giants_are_refused_quickly() {
    let patterns: Map<String, Value> =
        (0..500).map(|n| (format!("p{n}"), json!({"pattern": format!("(x{{500}}){{500}}{n}")}))).collect();
    let start = Instant::now();

    assert!(!faults(json!({}), &json!({"properties": patterns})).is_empty());

    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn a_large_configuration_beside_a_large_schema_is_refused() {
    let schema = json!({"properties": {"a": {"items": {"enum": (0..2_000).collect::<Vec<_>>()}}}});

    let found = faults(json!({"a": vec![1; 2_000]}), &schema);

    assert_eq!(found[0].pointer, "/config");
}

#[test]
fn what_a_database_would_refuse_is_refused_here() {
    let found = check_config(&object(json!({"a": ["x\0y"], "b/c": {"k\0": 1}})), None);

    let pointers: Vec<&str> = found.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(pointers, ["/config/a/0", "/config/b~1c"]);
}

#[test]
fn depth_and_size_are_bounded() {
    assert_eq!(check_config(&object(nested(MAX_CONFIG_DEPTH)), None), []);
    assert_eq!(check_config(&object(nested(MAX_CONFIG_DEPTH + 1)), None)[0].pointer, "/config");
    let long = object(json!({"a": "x".repeat(MAX_CONFIG_BYTES)}));
    assert_eq!(check_config(&long, None)[0].pointer, "/config");
    assert_eq!(check_config(&Map::new(), Some(&json!(long)))[0].pointer, "/config_schema");
}

#[test]
fn faults_are_listed_up_to_a_bound() {
    let config = json!({"a": vec!["x"; 100]});

    let found = faults(config, &json!({"properties": {"a": {"items": {"type": "integer"}}}}));

    assert_eq!(found.len(), 50);
}

#[test]
fn a_merge_patch_replaces_removes_and_reaches_inside() {
    let before = object(json!({"a": {"b": 1, "c": 2}, "d": [1], "e": 1}));
    let patch = object(json!({"a": {"b": null, "x": {"y": null}}, "d": [2], "e": null}));

    assert_eq!(merged(before, patch), object(json!({"a": {"c": 2, "x": {}}, "d": [2]})));
}
