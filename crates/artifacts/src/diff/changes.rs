//! The difference of two documents.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{EditPart, FieldChange, MergeKeys, keyed::Keyed, order, path::Path};

/// What changed from one document to the other, each at the highest place that was added, removed or replaced as a whole.
/// An order changed where elements that both have stand in another order; where an added one stands is no change of order.
pub fn changes(before: &Value, after: &Value, keys: &MergeKeys) -> Vec<FieldChange> {
    changes_below(&mut Path::default(), Some(before), Some(after), keys)
}

/// The same for two values, or their absence, at one place.
pub(crate) fn changes_below(
    path: &mut Path,
    before: Option<&Value>,
    after: Option<&Value>,
    keys: &MergeKeys,
) -> Vec<FieldChange> {
    let mut walk = Walk { keys, path, found: Vec::new() };
    walk.compare(before, after);
    walk.found
}

struct Walk<'w> {
    keys: &'w MergeKeys,
    path: &'w mut Path,
    found: Vec<FieldChange>,
}

impl Walk<'_> {
    fn compare(&mut self, before: Option<&Value>, after: Option<&Value>) {
        if before == after {
            return;
        }
        if let (Some(before), Some(after), false) = (before, after, self.path.is_end()) {
            if let (Value::Object(before), Value::Object(after)) = (before, after) {
                return self.fields(before, after);
            }
            let keyed = |value| Keyed::of(value, self.keys, self.path.pointer());
            if let (Some(before), Some(after)) = (keyed(before), keyed(after)) {
                return self.elements(&before, &after);
            }
        }
        self.add(EditPart::Value, before.cloned(), after.cloned());
    }

    fn fields(&mut self, before: &Map<String, Value>, after: &Map<String, Value>) {
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            self.path.enter(name);
            self.compare(before.get(name), after.get(name));
            self.path.leave();
        }
    }

    fn elements(&mut self, before: &Keyed<'_>, after: &Keyed<'_>) {
        let added = after.names.iter().filter(|name| before.find(name).is_none());
        for name in before.names.iter().chain(added) {
            self.path.enter(name);
            self.compare(before.find(name), after.find(name));
            self.path.leave();
        }
        if order::is_changed(before, after) {
            self.add(EditPart::Order, Some(order::listed(before)), Some(order::listed(after)));
        }
    }

    fn add(&mut self, part: EditPart, before: Option<Value>, after: Option<Value>) {
        self.found.push(FieldChange { pointer: self.path.pointer().to_owned(), part, before, after });
    }
}
