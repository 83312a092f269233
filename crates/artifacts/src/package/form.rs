//! Reading typed fields out of a document, gathering every fault instead of ending at the first.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::faults::Faults;
use crate::pattern::escaped;

/// One file, and what is wrong with it.
pub(super) struct Form<'f> {
    /// What the file is called.
    pub(super) file: &'f str,
    /// Where faults go.
    pub(super) faults: &'f mut Faults,
}

impl Form<'_> {
    /// Notes a fault at a place in the file.
    pub(super) fn fault(&mut self, pointer: &str, detail: impl AsRef<str>) {
        self.faults.add(self.file, pointer, detail);
    }

    /// The object's fields, of which only some are known.
    pub(super) fn object<'v>(
        &mut self,
        value: &'v Value,
        pointer: &str,
        known: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(fields) = value.as_object() else {
            self.fault(pointer, "must be a JSON object");
            return None;
        };
        for key in fields.keys().filter(|key| !known.contains(&key.as_str())) {
            self.fault(&format!("{pointer}/{}", escaped(key)), "is no field that is known here");
        }
        Some(fields)
    }

    /// A field that must be there.
    pub(super) fn required<T: DeserializeOwned>(
        &mut self,
        fields: &Map<String, Value>,
        pointer: &str,
        name: &str,
    ) -> Option<T> {
        if !fields.contains_key(name) {
            self.fault(&format!("{pointer}/{name}"), "is missing");
        }
        self.optional(fields, pointer, name)
    }

    /// A field that may be there.
    pub(super) fn optional<T: DeserializeOwned>(
        &mut self,
        fields: &Map<String, Value>,
        pointer: &str,
        name: &str,
    ) -> Option<T> {
        fields.get(name).and_then(|value| self.value(value, &format!("{pointer}/{name}")))
    }

    /// A value of a type that says itself what is wrong.
    pub(super) fn value<T: DeserializeOwned>(&mut self, value: &Value, pointer: &str) -> Option<T> {
        T::deserialize(value).map_err(|error| self.fault(pointer, error.to_string())).ok()
    }

    /// The elements of a field that may be there, each read with its own pointer; those that are wrong are left out.
    pub(super) fn list<T>(
        &mut self,
        fields: &Map<String, Value>,
        pointer: &str,
        name: &str,
        max: usize,
        mut read: impl FnMut(&mut Self, &Value, &str) -> Option<T>,
    ) -> Vec<T> {
        let place = format!("{pointer}/{name}");
        let elements = match fields.get(name) {
            None => return Vec::new(),
            Some(Value::Array(elements)) => elements,
            Some(_) => {
                self.fault(&place, "must be a list");
                return Vec::new();
            }
        };
        if elements.len() > max {
            self.fault(&place, format!("has {} elements, at most {max} are allowed", elements.len()));
            return Vec::new();
        }
        let indexed = elements.iter().enumerate();
        indexed.filter_map(|(index, element)| read(self, element, &format!("{place}/{index}"))).collect()
    }
}
