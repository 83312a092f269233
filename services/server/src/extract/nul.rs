//! NUL in a body: nothing here holds one, and a database may refuse it. A schema can't say so of free objects.

use serde_json::Value;

use crate::problem::Fault;

/// Every text and every key with a NUL in it.
pub(super) fn faults(body: &Value) -> Vec<Fault> {
    let mut found = Vec::new();
    collect(body, "", &mut found);
    found
}

fn collect(value: &Value, place: &str, found: &mut Vec<Fault>) {
    let fault = |detail: &str| Fault { pointer: place.to_owned(), detail: detail.to_owned() };
    match value {
        Value::String(text) if text.contains('\0') => found.push(fault("must not contain NUL")),
        Value::Array(things) => {
            for (index, thing) in things.iter().enumerate() {
                collect(thing, &format!("{place}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            if fields.keys().any(|name| name.contains('\0')) {
                found.push(fault("must not have a name that contains NUL"));
            }
            for (name, thing) in fields.iter().filter(|(name, _)| !name.contains('\0')) {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(thing, &format!("{place}/{name}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
