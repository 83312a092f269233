//! What a service promises to those who call it.

use std::collections::BTreeSet;

use guildhall_core::Fault;
use serde_json::{Map, Value};

use crate::{
    Kind, MAX_CONTENT_DEPTH,
    diff::{Keyed, Path},
};

/// The kind whose contents are interfaces.
const SERVICE: &str = "service";

/// How many faults one comparison lists.
const MAX_FAULTS: usize = 50;

/// What callers of a service's first form can no longer rely on in its second, each at its place in the first or, for what
/// is new, in the second: an operation that is gone; an input that requires more, forbids more, or takes a property no
/// longer or as another type; an output that may lack a property it always had, or has it as another type. Operations are
/// named by their names. At most 50 faults.
pub fn breaks(before: &Value, after: &Value) -> Vec<Fault> {
    let mut compare = Compare { path: Path::default(), faults: Vec::new() };
    if let Some(before) = operations(before) {
        compare.step("operations", |it| it.operations(&before, operations(after).as_ref()));
    }
    compare.faults
}

/// The same for contents of any kind: those that are no interfaces promise nothing.
pub(crate) fn broken_by(kind: &Kind, before: &Value, after: &Value) -> Vec<Fault> {
    if kind.name().as_str() == SERVICE { breaks(before, after) } else { Vec::new() }
}

fn operations(content: &Value) -> Option<Keyed<'_>> {
    Keyed::by(content.get("operations")?.as_array()?, "name")
}

/// Which way values go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// From the caller: what was accepted must be accepted.
    In,
    /// To the caller: what comes must be what came.
    Out,
}

struct Compare {
    path: Path,
    faults: Vec<Fault>,
}

impl Compare {
    fn operations(&mut self, before: &Keyed<'_>, after: Option<&Keyed<'_>>) {
        for name in &before.names {
            let found = (before.find(name), after.and_then(|after| after.find(name)));
            self.step(name, |it| match found {
                (Some(before), Some(after)) => it.operation(before, after),
                (_, _) => it.fault("is gone"),
            });
        }
    }

    fn operation(&mut self, before: &Value, after: &Value) {
        let (input, output) =
            ((before.get("input"), after.get("input")), (before.get("output"), after.get("output")));
        self.step("input", |it| match input {
            // An operation that takes nothing may come to take something, as long as nobody has to give it.
            (None, Some(after)) => it.required(Way::In, &Value::Null, after),
            (before, after) => it.schema(Way::In, before, after),
        });
        self.step("output", |it| it.schema(Way::Out, output.0, output.1));
    }

    /// Compares two schemas; an absent one takes, or answers, anything.
    fn schema(&mut self, way: Way, before: Option<&Value>, after: Option<&Value>) {
        if before == after || self.path.depth() > MAX_CONTENT_DEPTH || self.faults.len() >= MAX_FAULTS {
            return;
        }
        let nothing = Value::Null;
        let (before, after) = (before.unwrap_or(&nothing), after.unwrap_or(&nothing));
        if !way.is_kept(types(before).as_ref(), types(after).as_ref()) {
            return self.fault(
                way.says("is of a type that it was not before", "no longer takes each type that it took"),
            );
        }
        if !way.is_kept(values(before).as_ref(), values(after).as_ref()) {
            self.fault(
                way.says(
                    "may have a value that it had not before",
                    "no longer takes each value that it took",
                ),
            );
        }
        if way == Way::In && is_closed(after) && !is_closed(before) {
            self.fault("no longer takes other properties than those that it names");
        }
        self.required(way, before, after);
        self.step("properties", |it| it.properties(way, before, after));
        if before.get("items").is_some() || after.get("items").is_some() {
            self.step("items", |it| it.schema(way, before.get("items"), after.get("items")));
        }
    }

    fn required(&mut self, way: Way, before: &Value, after: &Value) {
        let (less, more, detail) = match way {
            Way::In => (before, after, "is required now"),
            Way::Out => (after, before, "is no longer always there"),
        };
        let less = required(less);
        for name in required(more).difference(&less) {
            self.step("properties", |it| it.step(name, |it| it.fault(detail)));
        }
    }

    fn properties(&mut self, way: Way, before: &Value, after: &Value) {
        let always = required(before);
        for (name, old) in properties(before).into_iter().flatten() {
            let new = properties(after).and_then(|properties| properties.get(name));
            self.step(name, |it| match (way, new) {
                (Way::In, None) => it.fault("is taken no longer"),
                (Way::Out, None) if !always.contains(name.as_str()) => {}
                (_, new) => it.schema(way, Some(old), new),
            });
        }
    }

    fn step(&mut self, name: &str, compare: impl FnOnce(&mut Self)) {
        self.path.enter(name);
        compare(self);
        self.path.leave();
    }

    fn fault(&mut self, detail: &str) {
        if self.faults.len() < MAX_FAULTS
            && self.faults.last().is_none_or(|last| last.pointer != self.path.pointer())
        {
            self.faults.push(Fault::new(self.path.pointer(), detail));
        }
    }
}

impl Way {
    /// Whether what was possible is (to callers), or what is possible was (from callers). `None` is everything.
    fn is_kept<T: Ord>(self, before: Option<&BTreeSet<T>>, after: Option<&BTreeSet<T>>) -> bool {
        let (narrow, wide) = match self {
            Self::In => (before, after),
            Self::Out => (after, before),
        };
        wide.is_none_or(|wide| narrow.is_some_and(|narrow| narrow.is_subset(wide)))
    }

    fn says(self, out: &'static str, into: &'static str) -> &'static str {
        match self {
            Self::In => into,
            Self::Out => out,
        }
    }
}

/// The types that a schema names; a number may be an integer.
fn types(schema: &Value) -> Option<BTreeSet<&str>> {
    let mut types: BTreeSet<&str> = match schema.get("type")? {
        Value::String(one) => BTreeSet::from([one.as_str()]),
        several => several.as_array()?.iter().filter_map(Value::as_str).collect(),
    };
    if types.contains("number") {
        types.insert("integer");
    }
    Some(types)
}

/// The values that a schema names, as texts.
fn values(schema: &Value) -> Option<BTreeSet<String>> {
    Some(schema.get("enum")?.as_array()?.iter().map(Value::to_string).collect())
}

fn is_closed(schema: &Value) -> bool {
    schema.get("additionalProperties") == Some(&Value::Bool(false))
}

fn required(schema: &Value) -> BTreeSet<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties")?.as_object()
}

#[cfg(test)]
mod tests;
