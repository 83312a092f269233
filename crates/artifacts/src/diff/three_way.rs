//! What two documents made of their common base.

use std::{borrow::Cow, collections::BTreeSet};

use serde_json::{Map, Value};

use super::{
    Edit, EditPart, FieldChange, MergeKeys, Side, changes::changes_below, keyed, keyed::Keyed, order,
    path::Path,
};

/// Two documents beside their common base: what each changed, and what becomes of it.
#[derive(Debug)]
pub struct ThreeWay<'a> {
    /// Every place where one of them, or both, differ from the base; none where all three are equal.
    pub edits: Vec<Edit>,
    pub(super) root: Place<'a>,
}

impl ThreeWay<'_> {
    /// The edits that somebody has to decide.
    pub fn conflicts(&self) -> impl Iterator<Item = &Edit> {
        self.edits.iter().filter(|edit| edit.side == Side::Conflict)
    }
}

/// What becomes of a place.
#[derive(Debug)]
pub(super) enum Place<'a> {
    /// This, or nothing.
    Settled(Option<&'a Value>),
    /// What is decided about the conflict with that number among the edits.
    Contested(usize),
    /// An object of these fields.
    Fields(Vec<(&'a str, Place<'a>)>),
    /// An array of these elements.
    Elements(Elements<'a>),
}

/// What becomes of an array with a merge key.
#[derive(Debug)]
pub(super) struct Elements<'a> {
    pub(super) field: &'a str,
    pub(super) places: Vec<(Cow<'a, str>, Place<'a>)>,
    pub(super) ours: Vec<Cow<'a, str>>,
    pub(super) theirs: Vec<Cow<'a, str>>,
    pub(super) order: Order,
}

/// Whose order holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Order {
    Ours,
    Theirs,
    /// What is decided about the conflict with that number among the edits.
    Contested(usize),
}

/// Compares an override and the new content below it with the content that the override was made from.
///
/// What one side alone changed is that side's edit; what both changed alike is both's. All else is a conflict, at the
/// highest place that a side added, removed or replaced as a whole: one that removes what the other changed inside is one.
/// Costs time and memory in proportion to the documents, up to logarithms.
pub fn three_way<'a>(
    base: &'a Value,
    ours: &'a Value,
    theirs: &'a Value,
    keys: &'a MergeKeys,
) -> ThreeWay<'a> {
    let mut walk = Walk { keys, path: Path::default(), edits: Vec::new() };
    let root = walk.place(Some(base), Some(ours), Some(theirs));
    ThreeWay { edits: walk.edits, root }
}

struct Walk<'a> {
    keys: &'a MergeKeys,
    path: Path,
    edits: Vec<Edit>,
}

impl<'a> Walk<'a> {
    fn place(
        &mut self,
        base: Option<&'a Value>,
        ours: Option<&'a Value>,
        theirs: Option<&'a Value>,
    ) -> Place<'a> {
        if ours == theirs {
            return self.settled(Side::Both, base, ours);
        } else if theirs == base {
            return self.settled(Side::Ours, base, ours);
        } else if ours == base {
            return self.settled(Side::Theirs, base, theirs);
        }
        if let (Some(base), Some(ours), Some(theirs), false) = (base, ours, theirs, self.path.is_end()) {
            if let (Value::Object(base), Value::Object(ours), Value::Object(theirs)) = (base, ours, theirs) {
                return self.fields(base, ours, theirs);
            }
            let pointer = self.path.pointer();
            let keyed = |value| Keyed::of(value, self.keys, pointer);
            if let (Some(field), Some(base), Some(ours), Some(theirs)) =
                (keyed::key_field(self.keys, pointer), keyed(base), keyed(ours), keyed(theirs))
            {
                return self.elements(field, &base, ours, theirs);
            }
        }
        let values = [base.cloned(), ours.cloned(), theirs.cloned()];
        Place::Contested(self.add(EditPart::Value, Side::Conflict, values))
    }

    /// What one side changed, or both alike, in its parts.
    fn settled(&mut self, side: Side, base: Option<&'a Value>, after: Option<&'a Value>) -> Place<'a> {
        for FieldChange { pointer, part, before, after } in
            changes_below(&mut self.path, base, after, self.keys)
        {
            let (ours, theirs) = match side {
                Side::Ours => (after, before.clone()),
                Side::Theirs => (before.clone(), after),
                Side::Both | Side::Conflict => (after.clone(), after),
            };
            self.edits.push(Edit { pointer, part, side, base: before, ours, theirs });
        }
        Place::Settled(after)
    }

    fn fields(
        &mut self,
        base: &'a Map<String, Value>,
        ours: &'a Map<String, Value>,
        theirs: &'a Map<String, Value>,
    ) -> Place<'a> {
        let names: BTreeSet<&str> =
            base.keys().chain(ours.keys()).chain(theirs.keys()).map(String::as_str).collect();
        let mut places = Vec::with_capacity(names.len());
        for name in names {
            self.path.enter(name);
            places.push((name, self.place(base.get(name), ours.get(name), theirs.get(name))));
            self.path.leave();
        }
        Place::Fields(places)
    }

    fn elements(
        &mut self,
        field: &'a str,
        base: &Keyed<'a>,
        ours: Keyed<'a>,
        theirs: Keyed<'a>,
    ) -> Place<'a> {
        let sides = ours.names.iter().chain(&theirs.names);
        let added: BTreeSet<&Cow<'a, str>> = sides.filter(|name| base.find(name).is_none()).collect();
        let mut places = Vec::with_capacity(base.names.len() + added.len());
        for name in base.names.iter().chain(added) {
            self.path.enter(name);
            places.push((name.clone(), self.place(base.find(name), ours.find(name), theirs.find(name))));
            self.path.leave();
        }
        let order = self.order(base, &ours, &theirs);
        Place::Elements(Elements { field, places, ours: ours.names, theirs: theirs.names, order })
    }

    fn order(&mut self, base: &Keyed<'a>, ours: &Keyed<'a>, theirs: &Keyed<'a>) -> Order {
        let Some(side) = order::changed_by(base, ours, theirs) else { return Order::Ours };
        let edit =
            self.add(EditPart::Order, side, [base, ours, theirs].map(|array| Some(order::listed(array))));
        match side {
            Side::Ours | Side::Both => Order::Ours,
            Side::Theirs => Order::Theirs,
            Side::Conflict => Order::Contested(edit),
        }
    }

    /// Adds an edit here, and answers its number.
    fn add(&mut self, part: EditPart, side: Side, [base, ours, theirs]: [Option<Value>; 3]) -> usize {
        let pointer = self.path.pointer().to_owned();
        self.edits.push(Edit { pointer, part, side, base, ours, theirs });
        self.edits.len() - 1
    }
}
