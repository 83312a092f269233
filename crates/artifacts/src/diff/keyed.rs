//! Arrays whose elements have names.

use std::{borrow::Cow, collections::BTreeMap};

use guildhall_core::Fault;
use serde_json::Value;

use super::{MergeKeys, path::Path};

/// How many faults one check lists.
const MAX_FAULTS: usize = 50;

/// The field that names the elements of the array at that place, where they have names.
pub(crate) fn key_field<'k>(keys: &'k MergeKeys, pointer: &str) -> Option<&'k str> {
    keys.iter().find(|(pattern, _)| pattern.matches(pointer)).map(|(_, field)| field.as_str())
}

/// An array, read as named elements and their order.
pub(crate) struct Keyed<'a> {
    /// The names, in the array's order.
    pub(crate) names: Vec<Cow<'a, str>>,
    elements: BTreeMap<Cow<'a, str>, &'a Value>,
}

impl<'a> Keyed<'a> {
    /// The array at that place, if it is one whose elements have names, each a name of its own.
    pub(crate) fn of(value: &'a Value, keys: &MergeKeys, pointer: &str) -> Option<Self> {
        Self::by(value.as_array()?, key_field(keys, pointer)?)
    }

    /// The elements by that field, if each has a name of its own there.
    pub(crate) fn by(array: &'a [Value], field: &str) -> Option<Self> {
        let mut keyed = Self { names: Vec::with_capacity(array.len()), elements: BTreeMap::new() };
        for element in array {
            let name = name_of(element, field)?;
            if keyed.elements.insert(name.clone(), element).is_some() {
                return None;
            }
            keyed.names.push(name);
        }
        Some(keyed)
    }

    /// The element of that name.
    pub(crate) fn find(&self, name: &str) -> Option<&'a Value> {
        self.elements.get(name).copied()
    }
}

/// What an element is called.
pub(crate) fn name_of<'a>(element: &'a Value, field: &str) -> Option<Cow<'a, str>> {
    match element.get(field)? {
        Value::String(name) => Some(Cow::Borrowed(name)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

/// Every element of an array with a merge key that has no name, or that of an earlier one; at most 50 faults, at places
/// with indices, as a schema's faults have them.
pub fn check_merge_keys(content: &Value, keys: &MergeKeys) -> Vec<Fault> {
    let mut check = Check { keys, named: Path::default(), indexed: Path::default(), faults: Vec::new() };
    check.value(content);
    check.faults
}

struct Check<'k> {
    keys: &'k MergeKeys,
    named: Path,
    indexed: Path,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn value(&mut self, value: &Value) {
        if self.named.is_end() || self.faults.len() >= MAX_FAULTS {
            return;
        }
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    self.below(name, name, field);
                }
            }
            Value::Array(elements) => match key_field(self.keys, self.named.pointer()) {
                Some(field) => self.elements(elements, field),
                None => {
                    for (index, element) in elements.iter().enumerate() {
                        let index = index.to_string();
                        self.below(&index, &index, element);
                    }
                }
            },
            _ => {}
        }
    }

    fn elements(&mut self, elements: &[Value], field: &str) {
        let mut seen = BTreeMap::new();
        for (index, element) in elements.iter().enumerate() {
            let number = index.to_string();
            let name = name_of(element, field);
            match &name {
                None => self.fault(&number, format!("must have a `{field}`, a text or a number")),
                Some(name) => {
                    if let Some(first) = seen.insert(name.clone(), index) {
                        self.fault(&number, format!("has the `{field}` of element {first}"));
                    }
                }
            }
            self.below(name.as_deref().unwrap_or(&number), &number, element);
        }
    }

    fn below(&mut self, name: &str, index: &str, value: &Value) {
        self.named.enter(name);
        self.indexed.enter(index);
        self.value(value);
        self.indexed.leave();
        self.named.leave();
    }

    fn fault(&mut self, index: &str, detail: String) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault::new(format!("{}/{index}", self.indexed.pointer()), detail));
        }
    }
}
