//! Queries that do not fit.

use serde_json::Value;

use super::wrong::texts;
use crate::{document::resolve, plan::request::template};

/// Queries that an operation with a query must refuse, percent-encoded.
pub fn wrong(document: &Value, operation: &str) -> Vec<String> {
    let method = operation.split(' ').next().unwrap_or_default().to_lowercase();
    let declared = document["paths"][template(operation)][method]["parameters"].as_array().cloned();
    let declared = declared.unwrap_or_default();
    let declared: Vec<&Value> = declared.iter().filter(|parameter| parameter["in"] == "query").collect();
    let mut found = Vec::new();
    for parameter in &declared {
        let name = parameter["name"].as_str().unwrap_or_default();
        let schema = resolve(document, &parameter["schema"]);
        found.extend(values(name, schema).into_iter().map(|value| format!("{name}={value}")));
    }
    if !declared.is_empty() {
        found.push("no_such_parameter=1".to_owned());
    }
    found
}

fn values(name: &str, schema: &Value) -> Vec<String> {
    let fixed: &[&str] = match (name, schema["type"].as_str()) {
        ("cursor", _) => &["nonsense", "%00", "", "a.b.c"],
        (_, Some("integer")) => &["0", "-1", "1.5", "many", "", "99999999999999999999"],
        (_, Some("boolean")) => &["maybe", "1", ""],
        _ => {
            return texts(schema).map(|(_, text)| encoded(&text)).collect();
        }
    };
    let most = schema["maximum"].as_u64().unwrap_or(200);
    let numbers = [(most + 1).to_string(), format!("1&{name}=2")];
    let numbers = numbers.into_iter().filter(|_| schema["type"] == "integer");
    fixed.iter().map(|value| (*value).to_owned()).chain(numbers).collect()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
