use rstest::rstest;
use serde_json::json;

use super::*;

fn service(input: &Value, output: &Value) -> Value {
    json!({ "operations": [{ "name": "send", "input": input, "output": output }] })
}

fn places(faults: Vec<Fault>) -> Vec<String> {
    faults.into_iter().map(|fault| fault.pointer).collect()
}

#[test]
fn an_operation_that_is_gone_breaks_and_a_new_one_does_not() {
    let operations = |names: &[&str]| json!({ "operations": names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>() });

    assert_eq!(
        breaks(&operations(&["a", "b"]), &operations(&["b", "c"])),
        [Fault::new("/operations/a", "is gone")]
    );
    assert_eq!(breaks(&operations(&["a"]), &json!({})), [Fault::new("/operations/a", "is gone")]);
}

#[rstest]
#[case::nothing_new(json!({ "type": "object", "properties": { "to": { "type": "string" } } }), &[])]
#[case::something_optional(json!({ "properties": { "to": { "type": "string" }, "cc": {} } }), &[])]
#[case::something_required(json!({ "properties": { "to": { "type": "string" }, "cc": {} }, "required": ["cc"] }), &["/properties/cc"])]
#[case::a_property_dropped(json!({ "properties": {} }), &["/properties/to"])]
#[case::a_property_of_another_type(json!({ "properties": { "to": { "type": "integer" } } }), &["/properties/to"])]
#[case::a_property_of_more_types(json!({ "properties": { "to": { "type": ["string", "null"] } } }), &[])]
#[case::fewer_values(json!({ "properties": { "to": { "type": "string", "enum": ["a"] } } }), &["/properties/to"])]
#[case::nothing_else_allowed(json!({ "properties": { "to": { "type": "string" } }, "additionalProperties": false }), &[""])]
fn an_input_breaks_that_takes_less(#[case] after: Value, #[case] at: &[&str]) {
    let before = json!({ "type": "object", "properties": { "to": { "type": "string" } } });

    let broken = places(breaks(&service(&before, &json!({})), &service(&after, &json!({}))));

    let expected: Vec<String> = at.iter().map(|place| format!("/operations/send/input{place}")).collect();
    assert_eq!(broken, expected);
}

#[rstest]
#[case::something_more(json!({ "type": "object", "properties": { "id": { "type": "number" }, "at": {}, "x": {} }, "required": ["id", "at"] }), &[])]
#[case::an_optional_one_dropped(json!({ "type": "object", "properties": { "id": { "type": "number" } }, "required": ["id"] }), &[])]
#[case::a_narrower_type(json!({ "type": "object", "properties": { "id": { "type": "integer" } }, "required": ["id"] }), &[])]
#[case::a_required_one_optional(json!({ "type": "object", "properties": { "id": { "type": "number" } } }), &["/properties/id"])]
#[case::a_required_one_gone(json!({ "type": "object" }), &["/properties/id"])]
#[case::another_type(json!({ "type": "object", "properties": { "id": { "type": "string" } }, "required": ["id"] }), &["/properties/id"])]
#[case::anything(json!({}), &[""])]
fn an_output_breaks_that_promises_less(#[case] after: Value, #[case] at: &[&str]) {
    let before = json!({ "type": "object", "properties": { "id": { "type": "number" }, "at": {} }, "required": ["id"] });

    let broken = places(breaks(&service(&json!({}), &before), &service(&json!({}), &after)));

    let expected: Vec<String> = at.iter().map(|place| format!("/operations/send/output{place}")).collect();
    assert_eq!(broken, expected);
}

#[test]
fn what_stands_deep_in_a_schema_is_compared_too() {
    let deep = |kind: &str| {
        json!({ "type": "object", "properties": {
            "rows": { "type": "array", "items": { "type": "object", "properties": { "id": { "type": kind } } } },
        } })
    };

    let broken = places(breaks(&service(&deep("string"), &json!({})), &service(&deep("number"), &json!({}))));

    assert_eq!(broken, ["/operations/send/input/properties/rows/items/properties/id"]);
}

#[test]
fn who_gave_nothing_has_to_give_nothing() {
    let before = json!({ "operations": [{ "name": "send" }] });
    let after = |required: &[&str]| {
        service(&json!({ "type": "object", "properties": { "to": {} }, "required": required }), &json!({}))
    };

    assert_eq!(breaks(&before, &after(&[])), []);
    assert_eq!(places(breaks(&before, &after(&["to"]))), ["/operations/send/input/properties/to"]);
}

#[test]
fn what_is_no_service_promises_nothing() {
    let preset = crate::Kinds::built_in().unwrap();
    let preset = preset.find(&"view_preset".parse().unwrap()).unwrap();

    assert_eq!(broken_by(preset, &service(&json!({}), &json!({})), &json!({})), []);
}
