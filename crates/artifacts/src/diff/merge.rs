//! The document that two changes of one make together.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use guildhall_core::Fault;
use serde_json::{Map, Value};

use super::{
    Decision, Edit, EditPart, Side, Take, ThreeWay,
    keyed::name_of,
    order::woven,
    three_way::{Elements, Order, Place},
};

impl ThreeWay<'_> {
    /// The base with the changes of both, each conflict as it is decided.
    ///
    /// Where one side moved elements of an array and the other added some, each added one stays behind the element that it
    /// follows on its own side. Whether the result is valid content is for the kind to say.
    ///
    /// # Errors
    /// A fault for each conflict that is not decided, and for each decision that is about none, the second about one, or
    /// takes a value that cannot stand there.
    pub fn merge(&self, decisions: &[Decision]) -> Result<Value, Vec<Fault>> {
        let taken = self.taken(decisions)?;
        let mut merge = Merge { edits: &self.edits, taken, faults: Vec::new() };
        let merged = merge.place(&self.root);
        if merge.faults.is_empty() { Ok(merged.unwrap_or_default()) } else { Err(merge.faults) }
    }

    /// What is taken for each conflict, by the conflict's number.
    fn taken<'d>(&self, decisions: &'d [Decision]) -> Result<BTreeMap<usize, &'d Take>, Vec<Fault>> {
        let conflicts = self.edits.iter().enumerate().filter(|(_, edit)| edit.side == Side::Conflict);
        let mut open: BTreeMap<(&str, EditPart), usize> =
            conflicts.map(|(number, edit)| ((edit.pointer.as_str(), edit.part), number)).collect();
        let mut taken = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut faults = Vec::new();
        for Decision { pointer, part, take } in decisions {
            if !seen.insert((pointer, part)) {
                faults.push(Fault::new(pointer, format!("is decided twice (`{part}`)")));
            } else if let Some(number) = open.remove(&(pointer.as_str(), *part)) {
                taken.insert(number, take);
            } else {
                faults.push(Fault::new(pointer, format!("is no conflict (`{part}`)")));
            }
        }
        faults.extend(open.keys().map(|(pointer, part)| {
            Fault::new(*pointer, format!("is a conflict that is not decided (`{part}`)"))
        }));
        if faults.is_empty() { Ok(taken) } else { Err(faults) }
    }
}

struct Merge<'m> {
    edits: &'m [Edit],
    taken: BTreeMap<usize, &'m Take>,
    faults: Vec<Fault>,
}

impl<'m> Merge<'m> {
    fn place(&mut self, place: &'m Place<'_>) -> Option<Value> {
        match place {
            Place::Settled(value) => value.cloned(),
            Place::Contested(number) => self.decided(*number).cloned(),
            Place::Fields(fields) => {
                let merged = fields
                    .iter()
                    .filter_map(|(name, place)| self.place(place).map(|value| ((*name).to_owned(), value)));
                Some(Value::Object(merged.collect::<Map<_, _>>()))
            }
            Place::Elements(elements) => Some(self.elements(elements)),
        }
    }

    /// What is taken for a conflict; `None` for nothing.
    fn decided(&self, number: usize) -> Option<&'m Value> {
        let edit = self.edits.get(number)?;
        match self.taken.get(&number)? {
            Take::Ours => edit.ours.as_ref(),
            Take::Theirs => edit.theirs.as_ref(),
            Take::Value(value) => Some(value),
        }
    }

    fn elements(&mut self, elements: &'m Elements<'_>) -> Value {
        let mut merged: BTreeMap<&str, Value> = BTreeMap::new();
        for (name, place) in &elements.places {
            if let Some(value) = self.place(place) {
                if let Place::Contested(number) = place {
                    self.check_name(*number, name, &value, elements.field);
                }
                merged.insert(name, value);
            }
        }
        let order = self.order(elements, &merged);
        Value::Array(order.into_iter().filter_map(|name| merged.remove(name)).collect())
    }

    /// The names of the merged elements, in their order.
    fn order(&mut self, elements: &'m Elements<'_>, merged: &BTreeMap<&str, Value>) -> Vec<&'m str> {
        let left = |names: &'m [Cow<'_, str>]| -> Vec<&'m str> {
            names.iter().map(Cow::as_ref).filter(|name| merged.contains_key(name)).collect()
        };
        let (ours, theirs) = (left(&elements.ours), left(&elements.theirs));
        let Order::Contested(number) = elements.order else {
            return match elements.order {
                Order::Theirs => woven(&theirs, &ours),
                Order::Ours | Order::Contested(_) => woven(&ours, &theirs),
            };
        };
        match self.taken.get(&number) {
            Some(Take::Theirs) => woven(&theirs, &ours),
            Some(Take::Value(order)) => {
                let known = elements.places.iter().map(|(name, _)| name.as_ref()).collect();
                let named = self.named(number, order, &known);
                let named: Vec<&str> = named.into_iter().filter(|name| merged.contains_key(name)).collect();
                woven(&named, &woven(&ours, &theirs))
            }
            Some(Take::Ours) | None => woven(&ours, &theirs),
        }
    }

    /// The keys of an order that somebody wrote.
    fn named(&mut self, number: usize, order: &'m Value, known: &BTreeSet<&str>) -> Vec<&'m str> {
        let names: Option<Vec<&str>> =
            order.as_array().and_then(|names| names.iter().map(Value::as_str).collect());
        let Some(names) = names else {
            self.fault(number, "must be ordered by an array of keys".to_owned());
            return Vec::new();
        };
        let mut seen = BTreeSet::new();
        for name in &names {
            if !seen.insert(*name) {
                self.fault(number, format!("is ordered by `{name}` twice"));
            } else if !known.contains(name) {
                self.fault(number, format!("is ordered by `{name}`, which it has no element of"));
            }
        }
        names
    }

    /// An element keeps its name: by another it would be another element, and perhaps one that is there already.
    fn check_name(&mut self, number: usize, name: &str, value: &Value, field: &str) {
        if name_of(value, field).as_deref() != Some(name) {
            self.fault(number, format!("must be an object with the `{field}` `{name}`"));
        }
    }

    fn fault(&mut self, number: usize, detail: String) {
        if let Some(edit) = self.edits.get(number) {
            self.faults.push(Fault::new(&edit.pointer, detail));
        }
    }
}
