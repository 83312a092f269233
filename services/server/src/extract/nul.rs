//! NUL in a body: nothing here holds one, and a database may refuse it. A schema can't say so of free objects.

use serde_json::Value;

use crate::problem::Fault;

/// Every text and every key with a NUL in it.
pub(super) fn faults(body: &Value) -> Vec<Fault> {
    let mut search = Search::default();
    search.look_at(body);
    search.found
}

/// Where the search stands. A place is spelled only where something is found.
#[derive(Default)]
struct Search<'a> {
    path: Vec<Step<'a>>,
    found: Vec<Fault>,
}

enum Step<'a> {
    Into(&'a str),
    At(usize),
}

impl<'a> Search<'a> {
    fn look_at(&mut self, value: &'a Value) {
        match value {
            Value::String(text) if text.contains('\0') => self.fault("must not contain NUL"),
            Value::Array(things) => {
                for (index, thing) in things.iter().enumerate() {
                    self.look_below(Step::At(index), thing);
                }
            }
            Value::Object(fields) => {
                if fields.keys().any(|name| name.contains('\0')) {
                    self.fault("must not have a name that contains NUL");
                }
                for (name, thing) in fields.iter().filter(|(name, _)| !name.contains('\0')) {
                    self.look_below(Step::Into(name), thing);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn look_below(&mut self, step: Step<'a>, value: &'a Value) {
        self.path.push(step);
        self.look_at(value);
        self.path.pop();
    }

    fn fault(&mut self, detail: &str) {
        let pointer = self.path.iter().fold(String::new(), |place, step| match step {
            Step::At(index) => format!("{place}/{index}"),
            Step::Into(name) => format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")),
        });
        self.found.push(Fault { pointer, detail: detail.to_owned() });
    }
}
