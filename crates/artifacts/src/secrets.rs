//! Secret fields: written, and never read, inherited or exported. They are kept apart from every content.

use std::collections::BTreeMap;

use guildhall_core::Fault;
use serde_json::Value;

use crate::{Kind, Pattern, pattern::escaped};

/// What was written to secret places, by JSON pointer; `None` where what is kept there is to go.
pub type Secrets = BTreeMap<String, Option<Value>>;

/// Takes what stands at the kind's secret places out of a document. What is not there stays as it is kept; `null` takes it
/// away.
pub fn split_secrets(kind: &Kind, document: &mut Value) -> Secrets {
    let mut secrets = Secrets::new();
    for pointer in kind.secret().iter().flat_map(|secret| places(document, secret)).collect::<Vec<_>>() {
        let Some((above, name)) = pointer.rsplit_once('/') else { continue };
        let name = name.replace("~1", "/").replace("~0", "~");
        if let Some(Value::Object(fields)) = document.pointer_mut(above)
            && let Some(value) = fields.remove(&name)
        {
            secrets.insert(pointer, if value.is_null() { None } else { Some(value) });
        }
    }
    secrets
}

/// Everything that keeps a document with these secrets from being of the kind.
pub fn check_secrets(kind: &Kind, document: &Value, secrets: &Secrets) -> Vec<Fault> {
    let mut whole = document.clone();
    for (pointer, value) in secrets {
        if let (Some(value), Some((above, name))) = (value, pointer.rsplit_once('/'))
            && let Some(Value::Object(fields)) = whole.pointer_mut(above)
        {
            fields.insert(name.replace("~1", "/").replace("~0", "~"), value.clone());
        }
    }
    kind.check(&whole)
}

/// A fault for each secret in a document that must not hold any.
pub(crate) fn secret_faults(kind: &Kind, document: &Value) -> Vec<Fault> {
    let held = kind.secret().iter().flat_map(|secret| held(document, secret));
    held.map(|pointer| Fault::new(pointer, "is secret: write it with the artifact itself, nowhere else"))
        .collect()
}

/// The places that hold something and that the pattern names, as JSON pointers.
pub(crate) fn held(document: &Value, secret: &Pattern) -> Vec<String> {
    let there = places(document, secret).into_iter();
    there.filter(|pointer| document.pointer(pointer).is_some_and(|value| !value.is_null())).collect()
}

/// The places that are there and that the pattern names.
fn places(document: &Value, secret: &Pattern) -> Vec<String> {
    let mut places = vec![(String::new(), document)];
    for segment in secret.as_str().split('/').skip(1) {
        places = places.iter().flat_map(|(pointer, value)| below(pointer, value, segment)).collect();
    }
    places.into_iter().map(|(pointer, _)| pointer).collect()
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
    use crate::{KindName, Kinds};

    #[test]
    fn secrets_are_taken_out_of_what_is_written() {
        let kinds = Kinds::built_in().unwrap();
        let name: KindName = "service_binding".parse().unwrap();
        let kind = kinds.find(&name).unwrap();
        let mut written =
            json!({ "by": "WEBHOOK", "webhook": { "url": "https://x.test", "secret": "0123456789abcdef" } });
        let mut cleared = json!({ "webhook": { "secret": null } });

        let secrets = split_secrets(kind, &mut written);

        assert_eq!(secrets, Secrets::from([("/webhook/secret".to_owned(), Some(json!("0123456789abcdef")))]));
        assert_eq!(written, json!({ "by": "WEBHOOK", "webhook": { "url": "https://x.test" } }));
        assert_eq!(split_secrets(kind, &mut cleared), Secrets::from([("/webhook/secret".to_owned(), None)]));
        assert!(split_secrets(kind, &mut written).is_empty());
    }

    #[test]
    fn a_secret_is_found_wherever_its_pattern_leads() {
        let document =
            json!({ "hooks": [{ "token": "x" }, { "token": null }, {}, { "token": "" }], "token": "y" });

        assert_eq!(held(&document, &"/hooks/*/token".parse().unwrap()), ["/hooks/0/token", "/hooks/3/token"]);
        assert!(held(&document, &"/other/*".parse().unwrap()).is_empty());
    }
}
