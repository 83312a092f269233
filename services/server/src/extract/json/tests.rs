use guildhall_core::{Name, NodeId};
use rstest::rstest;
use serde::Deserialize;
use utoipa::ToSchema;

use super::*;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "read by the parser alone")]
struct Body {
    name: Name,
    node_id: Option<NodeId>,
    #[schema(minimum = 1)]
    count: Option<u32>,
    #[schema(value_type = Option<Object>)]
    config: Option<serde_json::Map<String, serde_json::Value>>,
}

fn pointers(body: &str) -> Vec<String> {
    let problem = parse::<Body>(body.as_bytes()).unwrap_err();
    problem.faults().iter().map(|fault| fault.pointer.clone()).collect()
}

#[test]
fn all_faults_are_answered_at_once() {
    let mut found = pointers(r#"{"name": 1, "node_id": "x", "count": 0, "colour": "red"}"#);

    found.sort();
    assert_eq!(found, ["/colour", "/count", "/name", "/node_id"]);
}

#[rstest]
#[case::missing(r#"{}"#, "/name")]
#[case::empty(r#"{"name": "  "}"#, "/name")]
#[case::nul(r#"{"name": "a\u0000b"}"#, "/name")]
#[case::unknown(r#"{"name": "a", "b": 1}"#, "/b")]
#[case::no_uuid(r#"{"name": "a", "node_id": "7"}"#, "/node_id")]
#[case::null_for_a_text(r#"{"name": null}"#, "/name")]
fn a_fault_says_where_it_is(#[case] body: &str, #[case] pointer: &str) {
    assert_eq!(pointers(body), [pointer]);
}

#[test]
fn nul_is_a_fault_wherever_it_stands() {
    let body = r#"{"name": "a\u0000", "config": {"a": ["b", "\u0000"], "c": {"\u0000": 1}}, "colour": 1}"#;

    let mut found = pointers(body);

    found.sort();
    assert_eq!(found, ["/colour", "/config/a/1", "/config/c", "/name"]);
}

#[test]
fn a_name_that_is_too_long_is_one_fault() {
    let body = format!(r#"{{"name": "{}"}}"#, "x".repeat(201));

    assert_eq!(pointers(&body), ["/name"]);
}

#[test]
fn a_key_that_is_there_twice_is_refused() {
    assert!(parse::<Body>(br#"{"name": "a", "name": "b"}"#).is_err());
}

#[test]
fn what_is_no_json_is_refused() {
    for bad in ["", "{", "[1,2", "\u{feff}{}", "nul"] {
        assert_eq!(parse::<Body>(bad.as_bytes()).unwrap_err().status(), StatusCode::BAD_REQUEST);
    }
}

#[test]
fn a_good_body_is_parsed() {
    let body = parse::<Body>(br#"{"name": " a ", "node_id": null}"#).unwrap();

    assert_eq!(body.name.as_str(), "a");
}
