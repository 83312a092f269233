//! JSON merge patches.

use serde_json::{Map, Value};

/// The object after a merge patch (RFC 7396): what the patch does not name stays, `null` takes away.
pub(crate) fn merged(mut object: Map<String, Value>, patch: Map<String, Value>) -> Map<String, Value> {
    for (name, value) in patch {
        match value {
            Value::Null => {
                object.remove(&name);
            }
            Value::Object(inner) => {
                let before = match object.remove(&name) {
                    Some(Value::Object(before)) => before,
                    Some(_) | None => Map::new(),
                };
                object.insert(name, Value::Object(merged(before, inner)));
            }
            value => {
                object.insert(name, value);
            }
        }
    }
    object
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::absent_stays(json!({"a": 1}), json!({}), json!({"a": 1}))]
    #[case::null_takes_away(json!({"a": 1, "b": 2}), json!({"a": null}), json!({"b": 2}))]
    #[case::lists_are_replaced(json!({"a": [1, 2]}), json!({"a": [3]}), json!({"a": [3]}))]
    #[case::objects_are_merged(json!({"a": {"b": 1, "c": 2}}), json!({"a": {"b": null}}), json!({"a": {"c": 2}}))]
    #[case::what_is_no_object_gives_way(json!({"a": 1}), json!({"a": {"b": null, "c": 1}}), json!({"a": {"c": 1}}))]
    fn a_patch_changes_what_it_names(#[case] before: Value, #[case] patch: Value, #[case] after: Value) {
        let [before, patch] = [before, patch].map(|value| value.as_object().cloned().unwrap());

        assert_eq!(Value::Object(merged(before, patch)), after);
    }
}
