mod examples;

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::check_merge_keys;
use examples::{Example, examples};

#[test]
fn every_file_in_the_folder_is_a_kind_and_is_called_after_it() {
    let kinds = Kinds::built_in().unwrap();

    for (file, _) in FILES {
        let name: KindName = file.trim_end_matches(".json").parse().unwrap();
        assert!(kinds.find(&name).is_some(), "{file} describes a kind of another name");
    }
    assert_eq!(kinds.iter().count(), FILES.len());
}

#[test]
fn every_schema_refuses_what_it_does_not_name() {
    for kind in Kinds::built_in().unwrap().iter() {
        let faults = kind.check(&json!({ "no_such_field": true }));

        assert!(!faults.is_empty(), "{}", kind.name());
    }
}

#[test]
fn every_kind_has_an_example_that_it_takes() {
    let kinds = Kinds::built_in().unwrap();
    let examples = examples();

    for kind in kinds.iter() {
        let example = examples.iter().find(|example| example.kind == kind.name().as_str());
        let content = &example.unwrap_or_else(|| panic!("`{}` has no example", kind.name())).content;

        assert_eq!(kind.check(content), [], "{}", kind.name());
        assert_eq!(check_merge_keys(content, kind.merge_keys()), [], "{}", kind.name());
        assert!(crate::Content::new(content.clone()).is_ok());
    }
}

/// Each keyed array stands in the example: else its pattern might be one that nothing matches.
#[test]
fn every_merge_key_names_the_elements_of_the_example() {
    let kinds = Kinds::built_in().unwrap();

    for Example { kind, content, .. } in examples() {
        let kind = kinds.find(&kind.parse().unwrap()).unwrap();
        for (pattern, field) in kind.merge_keys() {
            let wrong = BTreeMap::from([(pattern.clone(), format!("no_{field}"))]);
            assert_ne!(check_merge_keys(&content, &wrong), [], "{}: {pattern}", kind.name());
        }
    }
}

#[test]
fn what_does_not_fit_is_refused_at_its_place() {
    let kinds = Kinds::built_in().unwrap();

    for Example { kind, content, refused } in examples() {
        let kind = kinds.find(&kind.parse().unwrap()).unwrap();
        assert!(!refused.is_empty(), "`{}` refuses nothing", kind.name());
        for (place, value, at) in refused {
            let mut content = content.clone();
            let (parent, field) = place.rsplit_once('/').unwrap();
            let parent = content.pointer_mut(parent).unwrap_or_else(|| panic!("no `{place}` in the example"));
            match value {
                Some(value) => parent[field] = value,
                None => drop(parent.as_object_mut().unwrap().remove(field)),
            }

            let places: BTreeSet<String> =
                kind.check(&content).into_iter().map(|fault| fault.pointer).collect();

            assert_eq!(places, BTreeSet::from([at.to_owned()]), "{}: {place}", kind.name());
        }
    }
}

/// Without bounds a content could be small and yet hold one text of 256 KiB in a place meant for a word.
#[test]
fn every_text_array_and_object_is_bounded() {
    for kind in Kinds::built_in().unwrap().iter() {
        let mut open = vec![kind.schema()];
        while let Some(schema) = open.pop() {
            let types = match schema.get("type") {
                Some(Value::String(one)) => vec![one.as_str()],
                Some(several) => several.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
                None => Vec::new(),
            };
            let has = |field: &str| schema.get(field).is_some();
            let is_closed = schema.get("additionalProperties") == Some(&json!(false));
            for name in types {
                let bounded = match name {
                    "string" => has("maxLength"),
                    "array" => has("maxItems") && has("items"),
                    "object" => is_closed || (has("maxProperties") && has("propertyNames")),
                    _ => true,
                };
                assert!(bounded, "{}: {name} without bounds: {schema}", kind.name());
            }
            match schema {
                Value::Object(fields) => {
                    open.extend(fields.iter().filter(|(name, _)| *name != "not").map(|(_, below)| below));
                }
                Value::Array(elements) => open.extend(elements),
                _ => {}
            }
        }
    }
}

#[test]
fn an_artifact_is_called_by_its_name() {
    let kinds = Kinds::built_in().unwrap();
    let title = |kind: &str, content: Value| {
        kinds.find(&kind.parse().unwrap()).unwrap().title(&content).map(str::to_owned)
    };

    assert_eq!(title("theme", json!({ "name": "House" })), Some("House".to_owned()));
    assert_eq!(title("product", json!({ "labels": { "name": "Reviews" } })), Some("Reviews".to_owned()));
    assert_eq!(title("product", json!({})), None);
}

#[test]
fn every_artifact_may_be_switched_off() {
    for kind in Kinds::built_in().unwrap().iter() {
        let enabled = kind.schema().pointer("/properties/enabled");

        assert_eq!(enabled, Some(&json!({ "type": "boolean" })), "{}", kind.name());
    }
}
