//! The API's document: committed, and true.

use crate::document::{api, operations};

#[test]
fn the_committed_document_is_the_servers() {
    let committed =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json")).unwrap();
    let committed: serde_json::Value = serde_json::from_str(&committed).unwrap();

    assert!(
        committed == api(),
        "run `cargo run -p guildhall-server -- openapi > docs/openapi.json` and read the difference"
    );
}

#[test]
fn the_document_is_openapi_3_1_with_a_summary_for_every_operation() {
    let document = api();

    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(
                operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()),
                "{method} {path}"
            );
        }
    }
    assert!(!operations(&document).is_empty());
}
