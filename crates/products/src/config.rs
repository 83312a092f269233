//! A version's custom configuration: a JSON object that keeps to a JSON Schema.

use guildhall_core::Fault;
use serde_json::{Map, Value};

use crate::schema;

/// The largest configuration or schema, in bytes of its JSON text.
pub const MAX_CONFIG_BYTES: usize = 64 * 1024;

/// How deep objects and arrays of a configuration or schema may stand in each other.
pub const MAX_CONFIG_DEPTH: usize = 32;

/// How many faults one answer lists.
const MAX_FAULTS: usize = 50;

/// How many steps a validation may take: schemas and configurations come from outside, and no pair of them may keep the
/// service busy.
const MAX_STEPS: usize = 1_000_000;

/// Everything that is wrong with a configuration and its schema, at most 50 faults, with pointers that begin with `/config`
/// and `/config_schema`.
///
/// The schema is of draft 2020-12, 2019-09 or 7, and refers to nothing outside itself: nothing is ever fetched. `format` is
/// an annotation, patterns are matched without backtracking.
pub fn check_config(config: &Map<String, Value>, config_schema: Option<&Value>) -> Vec<Fault> {
    let config = Value::Object(config.clone());
    let mut faults = check_bounds(&config, "/config");
    if let Some(schema) = config_schema {
        faults.extend(check_bounds(schema, "/config_schema"));
        if faults.is_empty() {
            faults = check_against(&config, schema);
        }
    }
    faults.truncate(MAX_FAULTS);
    faults
}

fn check_against(config: &Value, config_schema: &Value) -> Vec<Fault> {
    let (validator, steps) = match schema::compile(config_schema) {
        Ok(compiled) => compiled,
        Err(faults) => return faults,
    };
    if steps.saturating_mul(count(config)) > MAX_STEPS {
        return vec![Fault::new("/config", "is too large to be checked against a schema of this size")];
    }
    validator
        .iter_errors(config)
        .take(MAX_FAULTS)
        .map(|error| {
            let detail = error.masked().to_string();
            Fault::new(
                format!("/config{}", error.instance_path().as_str()),
                detail.chars().take(300).collect::<String>(),
            )
        })
        .collect()
}

/// What keeps a JSON value from being stored: NUL, which a database refuses, depth and size.
fn check_bounds(value: &Value, pointer: &str) -> Vec<Fault> {
    if is_deeper(value, MAX_CONFIG_DEPTH) {
        return vec![Fault::new(pointer, format!("is more than {MAX_CONFIG_DEPTH} levels deep"))];
    }
    let bytes = serde_json::to_vec(value).map_or(usize::MAX, |text| text.len());
    if bytes > MAX_CONFIG_BYTES {
        return vec![Fault::new(pointer, format!("is larger than {MAX_CONFIG_BYTES} bytes"))];
    }
    let mut faults = Vec::new();
    find_nul(value, pointer, &mut faults);
    faults
}

fn is_deeper(value: &Value, levels: usize) -> bool {
    match levels.checked_sub(1) {
        None => value.is_object() || value.is_array(),
        Some(below) => children(value).any(|(_, child)| is_deeper(child, below)),
    }
}

fn find_nul(value: &Value, pointer: &str, faults: &mut Vec<Fault>) {
    if value.as_str().is_some_and(|text| text.contains('\0')) {
        faults.push(Fault::new(pointer, "must not contain NUL"));
    }
    for (key, child) in children(value) {
        if key.contains('\0') {
            faults.push(Fault::new(pointer, "must not have a key that contains NUL"));
        } else {
            find_nul(child, &format!("{pointer}/{}", escaped(&key)), faults);
        }
    }
}

/// The values of an object or an array with their keys or indexes.
pub(crate) fn children(value: &Value) -> Box<dyn Iterator<Item = (String, &Value)> + '_> {
    match value {
        Value::Object(map) => Box::new(map.iter().map(|(key, child)| (key.clone(), child))),
        Value::Array(list) => {
            Box::new(list.iter().enumerate().map(|(index, child)| (index.to_string(), child)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Box::new(std::iter::empty()),
    }
}

/// A key as a part of a JSON pointer (RFC 6901, 3).
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn count(value: &Value) -> usize {
    children(value).fold(1, |sum, (_, child)| sum + count(child))
}

/// A configuration after a JSON merge patch (RFC 7396).
pub(crate) fn merged(target: Map<String, Value>, patch: Map<String, Value>) -> Map<String, Value> {
    let mut target = target;
    for (key, change) in patch {
        match change {
            Value::Null => {
                target.remove(&key);
            }
            Value::Object(change) => {
                let before = match target.remove(&key) {
                    Some(Value::Object(before)) => before,
                    _ => Map::new(),
                };
                target.insert(key, Value::Object(merged(before, change)));
            }
            other => {
                target.insert(key, other);
            }
        }
    }
    target
}

#[cfg(test)]
mod tests;
