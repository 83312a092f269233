use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    ContextInput, NavigationTree, build,
    testing::{BRAND, CLIENT, TENANT, launch_from_item, launch_on_node, launch_on_workspace},
};

const DOCUMENT: &str = include_str!("../../../../docs/open-os-contract.md");

fn wire(input: ContextInput) -> Value {
    serde_json::to_value(build(input).unwrap()).unwrap()
}

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The first JSON block below a heading of the document.
fn json_below(heading: &str) -> Value {
    let (_, section) = DOCUMENT.split_once(heading).unwrap();
    let (_, block) = section.split_once("```json\n").unwrap();
    let (block, _) = block.split_once("\n```").unwrap();
    serde_json::from_str(block).unwrap()
}

#[test]
fn the_example_of_the_document_is_what_is_built() {
    let example = json_below("\n## A full example\n");

    assert_eq!(wire(launch_from_item()), example);
}

#[test]
fn the_table_of_the_document_names_every_key_and_no_other() {
    let (_, section) = DOCUMENT.split_once("\n## Context object\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));

    // Code spans of the first column: every second piece between backticks.
    let documented: BTreeSet<&str> = rows
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();

    assert_eq!(documented, keys(&wire(launch_from_item())));
}

#[test]
fn keys_that_may_be_absent_are_absent_when_unset() {
    let context = wire(launch_on_node());
    let brand = BRAND.to_string();
    let client = CLIENT.to_string();

    let mapping = &context["hierarchy"]["mapping"];

    assert_eq!(keys(&mapping[TENANT.to_string()]), BTreeSet::from(["azId", "name", "type"]));
    assert_eq!(keys(&mapping[&brand]), BTreeSet::from(["azId", "parentAzId", "name", "type"]));
    assert!(!keys(&context["workspace"]["mapping"][&client]).contains("parentAzId"));
    assert_eq!(context["additional"], json!({}));
}

#[test]
fn every_other_unset_value_is_null() {
    let mut input = launch_on_workspace();
    input.user.agency = None;
    input.user.country = None;
    input.user.department = None;
    input.user.job_title = None;
    input.user.display_language = None;
    input.navigation.items[0].href = None;

    let context = wire(input);

    let user = &context["userDetails"];
    for key in ["agency", "country", "department", "jobTitle", "officeLocation", "displayLanguage"] {
        assert_eq!(user.get(key), Some(&Value::Null), "{key}");
    }
    assert_eq!(keys(user).len(), 10);
    assert_eq!(context.get("project"), Some(&Value::Null));
    assert_eq!(context.get("workspace"), Some(&Value::Null));
    assert_eq!(context["theme"]["settings"], json!({ "fontUrl": null }));
    assert_eq!(context["navigationTree"]["items"][0]["href"], Value::Null);
}

#[test]
fn what_holds_nothing_is_an_empty_list_or_object() {
    let mut input = launch_on_workspace();
    input.navigation = NavigationTree::default();
    input.permissions.clear();
    input.version.config.clear();

    let context = wire(input);

    assert_eq!(context["navigationTree"], json!({ "items": [] }));
    assert_eq!(context["permissions"], json!([]));
    assert_eq!(context["customConfig"], json!({}));
}

#[test]
fn permissions_are_sorted_and_named_once() {
    let context = wire(launch_from_item());

    assert_eq!(context["permissions"], json!(["ADD_REVIEW", "READ_REVIEW"]));
}
