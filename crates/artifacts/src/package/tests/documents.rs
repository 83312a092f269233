//! What a manifest says.

use rstest::rstest;

use super::*;

#[rstest]
#[case(json!({ "id": "Notes" }), "/id", "must match")]
#[case(json!({ "id": null }), "/id", "expected a string")]
#[case(json!({ "version": "01.2.3" }), "/version", "leading zero")]
#[case(json!({ "version": 1 }), "/version", "expected")]
#[case(json!({ "version": "1.0.0+build" }), "/version", "build metadata")]
#[case(json!({ "version": format!("1.0.0-{}", "a".repeat(200)) }), "/version", "at most 100")]
#[case(json!({ "name": "" }), "/name", "empty")]
#[case(json!({ "name": "a\0b" }), "/name", "control")]
#[case(json!({ "description": "x".repeat(10_001) }), "/description", "at most")]
#[case(json!({ "deployable_in": [] }), "/deployable_in", "must be a list")]
#[case(json!({ "deployable_in": ["MOON"] }), "/deployable_in/0", "MOON")]
#[case(json!({ "deployable_in": ["SYSTEM", "SYSTEM"] }), "/deployable_in/1", "twice")]
#[case(json!({ "requires": {} }), "/requires", "must be a list")]
#[case(json!({ "requires": [{ "id": "a", "version": "?" }] }), "/requires/0/version", "unexpected character")]
#[case(json!({ "requires": [{ "id": "a" }] }), "/requires/0/version", "missing")]
#[case(json!({ "requires": [{ "id": "a", "version": "*", "why": 1 }] }), "/requires/0/why", "no field")]
#[case(json!({ "requires": [{ "id": "test.notes", "version": "*" }] }), "/requires/0/id", "itself")]
#[case(
    json!({ "requires": [{ "id": "a", "version": "1" }, { "id": "a", "version": "2" }] }), "/requires/1/id", "twice"
)]
#[case(json!({ "permissions": ["READ_NOTE", "WRITE_NOTE", "write"] }), "/permissions/2", "must match")]
#[case(json!({ "permissions": ["READ_NOTE", "WRITE_NOTE", "READ_NOTE"] }), "/permissions/2", "twice")]
#[case(json!({ "permissions": ["READ_NOTE"] }), "/roles/0/permissions/0", "`WRITE_NOTE`")]
#[case(json!({ "roles": [{ "code": "a", "name": "A", "permissions": [] }] }), "/roles/0/code", "must match")]
#[case(
    json!({ "roles": [{ "code": "A", "name": "A" }, { "code": "A", "name": "B" }] }), "/roles/1/code", "twice"
)]
#[case(json!({ "artifacts": [] }), "/artifacts", "no field")]
#[case(json!({ "digest": "sha256:0" }), "/digest", "no field")]
#[case(json!({ "extra/field": 1 }), "/extra~1field", "no field")]
fn a_wrong_field_of_a_manifest_is_named(#[case] changed: Value, #[case] pointer: &str, #[case] says: &str) {
    let mut manifest = source();
    for (name, value) in changed.as_object().unwrap() {
        manifest[name] = value.clone();
    }

    let faults = pack(with_manifest(&manifest, &[]), &kinds()).unwrap_err();

    assert_faults(&faults, &[(&format!("manifest.json#{pointer}"), says)]);
}

#[test]
fn every_field_that_is_missing_is_named() {
    let faults = pack(with_manifest(&json!({}), &[]), &kinds()).unwrap_err();

    assert_faults(
        &faults,
        &[
            ("manifest.json#/id", "is missing"),
            ("manifest.json#/version", "is missing"),
            ("manifest.json#/name", "is missing"),
            ("manifest.json#/deployable_in", "must be a list"),
        ],
    );
}

#[test]
fn a_manifest_that_is_no_object_is_refused() {
    assert_faults(
        &pack(with_manifest(&json!([]), &[]), &kinds()).unwrap_err(),
        &[("manifest.json", "object")],
    );
}

#[test]
fn a_stored_manifest_reads_back() {
    let manifest = packed().package.manifest;

    let read: Manifest = serde_json::from_str(&manifest.text()).unwrap();

    assert_eq!(read, manifest);
    assert!(serde_json::from_str::<Manifest>(&manifest.text().replacen('{', "{\"a\":1,", 1)).is_err());
}
