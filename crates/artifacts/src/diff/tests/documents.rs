//! Documents as they come, and what people do to them.

use proptest::{prelude::*, sample::subsequence};
use serde_json::{Map, Value, json};

use crate::MergeKeys;

/// The merge keys of the documents: phases, and the items in them.
pub(crate) fn keys() -> MergeKeys {
    ["/phases", "/phases/*/items"]
        .into_iter()
        .map(|place| (place.parse().unwrap(), "key".to_owned()))
        .collect()
}

/// Any document, of few names and few values, so that two have much in common.
pub(crate) fn document() -> impl Strategy<Value = Value> {
    object(vec![
        ("name", scalar().boxed()),
        ("plain", prop::collection::vec(scalar(), 0..3).prop_map(Value::from).boxed()),
        ("meta", object(vec![("a", scalar().boxed()), ("b/~", branch()), ("c", branch())]).boxed()),
        ("phases", prop_oneof![8 => phases().boxed(), 1 => scalar().boxed()].boxed()),
    ])
}

fn branch() -> BoxedStrategy<Value> {
    prop_oneof![scalar(), object(vec![("x", scalar().boxed()), ("y", scalar().boxed())])].boxed()
}

fn phases() -> impl Strategy<Value = Value> {
    elements(object(vec![("name", scalar().boxed()), ("items", items().boxed())]).boxed())
}

fn items() -> impl Strategy<Value = Value> {
    elements(object(vec![("title", scalar().boxed()), ("plain", scalar().boxed())]).boxed())
}

/// Some of six elements in any order, the names now and then numbers.
fn elements(element: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let names = vec![json!("a"), json!("b"), json!("c/d"), json!(4), json!("e"), json!("f")];
    let names = subsequence(names, 0..=6).prop_shuffle();
    (names, prop::collection::vec(element, 6)).prop_map(|(names, elements)| {
        let named = names.into_iter().zip(elements).map(|(name, mut element)| {
            element["key"] = name;
            element
        });
        named.collect()
    })
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), Just(json!(true)), (0..3).prop_map(Value::from), Just(json!("text"))]
}

/// An object with each field there or not.
fn object(fields: Vec<(&'static str, BoxedStrategy<Value>)>) -> impl Strategy<Value = Value> {
    let fields: Vec<_> = fields
        .into_iter()
        .map(|(name, value)| prop::option::weighted(0.7, value).prop_map(move |value| (name, value)))
        .collect();
    fields.prop_map(|fields| {
        let present = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(present.collect::<Map<_, _>>())
    })
}

/// A base and two documents made of it: each by a few acts, or now and then something else altogether.
pub(crate) fn history() -> impl Strategy<Value = [Value; 3]> {
    document().prop_flat_map(|base| {
        let side = || {
            let acts = prop::collection::vec(act(), 0..5);
            let edited = (Just(base.clone()), acts).prop_map(|(mut base, acts)| {
                for act in &acts {
                    act.apply(&mut base);
                }
                base
            });
            prop_oneof![6 => edited.boxed(), 1 => document().boxed()]
        };
        (Just(base.clone()), side(), side()).prop_map(|(base, ours, theirs)| [base, ours, theirs])
    })
}

/// What somebody does to a document.
#[derive(Debug, Clone)]
enum Act {
    SetName(Value),
    SetMeta(&'static str, Option<Value>),
    Move { from: usize, to: usize },
    Insert { at: usize, key: &'static str },
    Delete(usize),
    InPhase(usize, Box<Act>),
}

fn act() -> BoxedStrategy<Act> {
    let of_array = prop_oneof![
        (0..6_usize, 0..6_usize).prop_map(|(from, to)| Act::Move { from, to }),
        (0..7_usize, prop::sample::select(vec!["a", "x", "y", "z"]))
            .prop_map(|(at, key)| Act::Insert { at, key }),
        (0..6_usize).prop_map(Act::Delete),
    ];
    let of_array = of_array.boxed();
    prop_oneof![
        1 => scalar().prop_map(Act::SetName),
        2 => (prop::sample::select(vec!["a", "b/~", "c"]), prop::option::of(branch()))
            .prop_map(|(name, value)| Act::SetMeta(name, value)),
        4 => of_array.clone(),
        4 => (0..6_usize, prop_oneof![of_array, scalar().prop_map(Act::SetName)])
            .prop_map(|(phase, act)| Act::InPhase(phase, Box::new(act))),
    ]
    .boxed()
}

impl Act {
    fn apply(&self, document: &mut Value) {
        self.apply_with(document, "phases");
    }

    fn apply_with(&self, object: &mut Value, array: &str) {
        let Some(object) = object.as_object_mut() else { return };
        match self {
            Self::SetName(value) => {
                object.insert("name".to_owned(), value.clone());
            }
            Self::SetMeta(name, value) => {
                let Some(meta) = object.get_mut("meta").and_then(Value::as_object_mut) else { return };
                match value {
                    Some(value) => meta.insert((*name).to_owned(), value.clone()),
                    None => meta.remove(*name),
                };
            }
            Self::Move { .. } | Self::Insert { .. } | Self::Delete(_) | Self::InPhase(..) => {
                if let Some(elements) = object.get_mut(array).and_then(Value::as_array_mut) {
                    self.apply_to(elements);
                }
            }
        }
    }

    fn apply_to(&self, elements: &mut Vec<Value>) {
        match self {
            Self::Insert { at, key } if elements.iter().all(|element| element["key"] != *key) => {
                elements.insert((*at).min(elements.len()), json!({ "key": key }));
            }
            Self::Move { from, to } if *from < elements.len() => {
                let element = elements.remove(*from);
                elements.insert((*to).min(elements.len()), element);
            }
            Self::Delete(at) if *at < elements.len() => {
                elements.remove(*at);
            }
            Self::InPhase(at, act) => {
                if let Some(element) = elements.get_mut(*at) {
                    act.apply_with(element, "items");
                }
            }
            _ => {}
        }
    }
}
