//! The API's document as a list of operations, each with the places that take an id.

use guildhall_server::app;
use serde_json::Value;

/// One operation of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Method and path template, such as `GET /api/v1/projects/{project_id}`.
    pub name: String,
    /// The places that take an id.
    pub slots: Vec<Slot>,
}

/// A place of a request that takes an id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// `{name}` of the path.
    Path(String),
    /// A parameter of the query.
    Query(String),
    /// A field of the body, by JSON pointer; a list of ids counts as one place.
    Body(String),
}

/// The API's document as JSON.
pub fn api() -> Value {
    serde_json::to_value(app::document()).unwrap()
}

/// Every operation of the document.
pub fn operations(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let mut slots = parameters(document, operation);
            let content = operation.pointer("/requestBody/content").and_then(Value::as_object);
            for media in content.into_iter().flat_map(serde_json::Map::values) {
                body(document, &media["schema"], "", &mut slots);
            }
            slots.sort();
            slots.dedup();
            operations.push(Operation { name: format!("{} {path}", method.to_uppercase()), slots });
        }
    }
    operations
}

/// The names in braces of a path template.
pub fn braces(name: &str) -> Vec<String> {
    name.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

fn parameters(document: &Value, operation: &Value) -> Vec<Slot> {
    let declared = operation["parameters"].as_array().cloned().unwrap_or_default();
    declared
        .iter()
        .filter(|parameter| takes_id(document, &parameter["schema"]))
        .filter_map(|parameter| {
            let name = parameter["name"].as_str()?.to_owned();
            match parameter["in"].as_str()? {
                "path" => Some(Slot::Path(name)),
                "query" => Some(Slot::Query(name)),
                _ => None,
            }
        })
        .collect()
}

fn body(document: &Value, schema: &Value, place: &str, slots: &mut Vec<Slot>) {
    let schema = resolve(document, schema);
    if takes_id(document, schema) {
        slots.push(Slot::Body(place.to_owned()));
        return;
    }
    for keyword in ["oneOf", "anyOf", "allOf"] {
        for branch in schema[keyword].as_array().into_iter().flatten() {
            body(document, branch, place, slots);
        }
    }
    if schema["items"].is_object() {
        body(document, &schema["items"], place, slots);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        body(document, property, &format!("{place}/{name}"), slots);
    }
}

/// Whether a schema is an id, a list of ids, or an optional one of either.
fn takes_id(document: &Value, schema: &Value) -> bool {
    let schema = resolve(document, schema);
    schema["format"] == "uuid"
        || (schema["items"].is_object() && takes_id(document, &schema["items"]))
        || ["oneOf", "anyOf"].iter().any(|keyword| {
            schema[*keyword].as_array().is_some_and(|all| all.iter().any(|branch| takes_id(document, branch)))
        })
}

/// What a schema says, behind its references.
pub fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let Some(reference) = schema["$ref"].as_str() else { return schema };
    document.pointer(reference.trim_start_matches('#')).map_or(schema, |found| resolve(document, found))
}
