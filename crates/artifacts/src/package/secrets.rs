//! Where in a document secrets stand.

use serde_json::Value;

use crate::{Pattern, pattern::escaped};

/// The places that hold something and that the pattern names, as JSON pointers.
pub(super) fn held(document: &Value, secret: &Pattern) -> Vec<String> {
    let mut places = vec![(String::new(), document)];
    for segment in secret.as_str().split('/').skip(1) {
        places = places.iter().flat_map(|(pointer, value)| below(pointer, value, segment)).collect();
    }
    places.into_iter().filter(|(_, value)| !value.is_null()).map(|(pointer, _)| pointer).collect()
}

fn below<'v>(pointer: &str, value: &'v Value, segment: &str) -> Vec<(String, &'v Value)> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(key, field)| (escaped(key), field)).collect(),
        Value::Array(elements) => {
            elements.iter().enumerate().map(|(index, element)| (index.to_string(), element)).collect()
        }
        _ => Vec::new(),
    };
    let named = children.into_iter().filter(|(key, _)| segment == "*" || segment == key);
    named.map(|(key, child)| (format!("{pointer}/{key}"), child)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_secret_is_found_wherever_its_pattern_leads() {
        let document =
            json!({ "hooks": [{ "token": "x" }, { "token": null }, {}, { "token": "" }], "token": "y" });

        assert_eq!(held(&document, &"/hooks/*/token".parse().unwrap()), ["/hooks/0/token", "/hooks/3/token"]);
        assert!(held(&document, &"/other/*".parse().unwrap()).is_empty());
    }
}
