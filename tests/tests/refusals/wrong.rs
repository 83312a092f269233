//! What does not fit into a place, by its schema.

use serde_json::{Value, json};

use crate::document::resolve;

/// A value that a place must refuse.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// The place, as a JSON pointer.
    pub pointer: String,
    /// Why it does not fit there.
    pub why: &'static str,
    /// The value.
    pub value: Value,
}

fn wrong(pointer: &str, why: &'static str, value: impl Into<Value>) -> Wrong {
    Wrong { pointer: pointer.to_owned(), why, value: value.into() }
}

/// Everything that does not fit into a place of that schema, or into one below it.
pub fn all(document: &Value, schema: &Value, pointer: &str) -> Vec<Wrong> {
    let branches = branches(document, schema);
    if branches.iter().all(|branch| takes_anything(branch)) {
        return vec![wrong(pointer, "NUL", "a\0b")];
    }
    let taken: Vec<&str> = branches.iter().flat_map(|branch| kinds(branch)).collect();
    let samples = [
        ("null", Value::Null),
        ("string", json!("text")),
        ("integer", json!(7)),
        ("boolean", json!(true)),
        ("array", json!([])),
        ("object", json!({})),
    ];
    let others = samples.into_iter().filter(|(kind, _)| !taken.contains(kind));
    let mut found: Vec<Wrong> = others.map(|(_, value)| wrong(pointer, "wrong type", value)).collect();
    for branch in branches {
        for kind in kinds(branch) {
            match kind {
                "string" => found.extend(texts(branch).map(|(why, text)| wrong(pointer, why, text))),
                "integer" => found.extend(numbers(branch).map(|number| wrong(pointer, "bounds", number))),
                "array" => found.extend(lists(document, branch, pointer)),
                "object" => found.extend(objects(document, branch, pointer)),
                _ => {}
            }
        }
    }
    found
}

/// Texts that a schema of texts does not take, with why.
pub fn texts(schema: &Value) -> impl Iterator<Item = (&'static str, String)> + use<> {
    let mut found = vec![("NUL", "a\0b".to_owned())];
    if let Some(most) = schema["maxLength"].as_u64() {
        found.push(("too long", "a".repeat(usize::try_from(most).unwrap() + 1)));
    }
    if let Some(words) = schema["enum"].as_array() {
        found.push(("unknown word", "NONE_OF_THEM".to_owned()));
        found.extend(words.iter().filter_map(Value::as_str).map(|word| ("other case", in_other_case(word))));
    }
    let malformed: &[&str] = match schema["format"].as_str() {
        Some("uuid") => {
            &["", "nobody", "0192f0c1-2222-7000-8000-00000000000", "{0192f0c1-2222-7000-8000-000000000001}"]
        }
        Some("date") => &["", "tomorrow", "2026-02-30", "2026-1-1", "2026-01-01T00:00:00Z", "+12026-01-01"],
        Some("date-time") => &["", "tomorrow", "2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T25:00:00Z"],
        Some("email") => &["", "nobody", "@example.test", "a b@example.test", "a@"],
        Some("uri") => {
            &["", "nowhere", "javascript:alert(1)", "file:///etc/hosts", "https://", "//example.test"]
        }
        _ => &[],
    };
    found.extend(malformed.iter().map(|text| ("malformed", (*text).to_owned())));
    if schema["pattern"].is_string() {
        found.push(("a control character", "a\u{7}b".to_owned()));
    }
    if schema["minLength"].as_u64() > Some(0) {
        found.push(("too short", String::new()));
    }
    found.into_iter()
}

fn numbers(schema: &Value) -> impl Iterator<Item = Value> + use<> {
    let below = schema["minimum"].as_i64().map_or(i64::MIN, |least| least - 1);
    let above = schema["maximum"].as_u64().map_or(u64::MAX, |most| most + 1);
    [json!(below), json!(above), json!(1.5), json!(1e300)].into_iter()
}

fn lists(document: &Value, schema: &Value, pointer: &str) -> Vec<Wrong> {
    let mut found = all(document, &schema["items"], &format!("{pointer}/0"));
    if let Some(most) = schema["maxItems"].as_u64() {
        let many = vec![json!("0192f0c1-2222-7000-8000-000000000001"); usize::try_from(most).unwrap() + 1];
        found.push(wrong(pointer, "too many", many));
    }
    found
}

fn objects(document: &Value, schema: &Value, pointer: &str) -> Vec<Wrong> {
    let Some(properties) = schema["properties"].as_object() else {
        return free_objects(pointer);
    };
    let below = |name: &String| format!("{pointer}/{name}");
    let mut found: Vec<Wrong> =
        properties.iter().flat_map(|(name, field)| all(document, field, &below(name))).collect();
    found.push(wrong(&format!("{pointer}/no_such_field"), "unknown field", 1));
    found
}

/// What even an object without a shape must not hold.
fn free_objects(pointer: &str) -> Vec<Wrong> {
    vec![
        wrong(&format!("{pointer}/a"), "NUL", "a\0b"),
        wrong(&format!("{pointer}/a/0/b"), "NUL in the depth", "a\0b"),
        wrong(pointer, "NUL in a name", json!({"a\0b": 1})),
    ]
}

/// What a schema allows, one alternative at a time.
fn branches<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let schema = resolve(document, schema);
    match schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        Some(all) => all.iter().flat_map(|branch| branches(document, branch)).collect(),
        None => vec![schema],
    }
}

/// Whether a schema says nothing at all of what stands there.
fn takes_anything(schema: &Value) -> bool {
    ["type", "enum", "allOf", "oneOf", "anyOf", "$ref"].iter().all(|word| schema.get(word).is_none())
}

fn kinds(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The places of a schema that bound neither the length of a text nor the number of things.
pub fn unbounded(document: &Value, schema: &Value, pointer: &str) -> Vec<String> {
    let mut found = Vec::new();
    for branch in branches(document, schema) {
        let kinds = kinds(branch);
        let fixed = ["maxLength", "enum"].iter().any(|word| branch.get(*word).is_some())
            || matches!(branch["format"].as_str(), Some("uuid" | "date" | "date-time"));
        if kinds.contains(&"string") && !fixed {
            found.push(format!("{pointer} has no longest text"));
        }
        if kinds.contains(&"array") {
            if branch["maxItems"].is_null() {
                found.push(format!("{pointer} has no longest list"));
            }
            found.extend(unbounded(document, &branch["items"], &format!("{pointer}/0")));
        }
        for (name, field) in branch["properties"].as_object().into_iter().flatten() {
            found.extend(unbounded(document, field, &format!("{pointer}/{name}")));
        }
    }
    found
}

/// The same body with another value in a place, and with all on the way to it.
pub fn with(body: &Value, pointer: &str, value: &Value) -> Value {
    let Some((head, rest)) = pointer.strip_prefix('/').map(|rest| rest.split_once('/').unwrap_or((rest, "")))
    else {
        return value.clone();
    };
    let rest = if rest.is_empty() { String::new() } else { format!("/{rest}") };
    if head == "0" {
        let old = body.get(0).cloned().unwrap_or_default();
        return json!([with(&old, &rest, value)]);
    }
    let mut fields = body.as_object().cloned().unwrap_or_default();
    let old = fields.get(head).cloned().unwrap_or_default();
    fields.insert(head.to_owned(), with(&old, &rest, value));
    Value::Object(fields)
}

fn in_other_case(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower == word { word.to_uppercase() } else { lower }
}
