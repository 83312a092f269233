//! JSON that says everything once. An ordinary reader takes the last of two equal keys in silence, so that what a person
//! reads in a file and what is deployed from it may differ.

use std::{
    cell::{Cell, RefCell},
    fmt,
};

use guildhall_core::Fault;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::MAX_PACKAGE_FAULTS;
use crate::{MAX_CONTENT_DEPTH, pattern::escaped};

/// The longest key, in bytes.
const MAX_KEY_BYTES: usize = 200;

/// From here on floating point numbers have no room for every integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads one document. `left` is how many values may still be read, of all documents together: a value takes up to
/// thirty times as much memory as its text.
///
/// # Errors
/// The first hundred faults: no JSON; an object that has a key twice, or a very long one; too deep; a number that would be rounded.
pub(super) fn read(bytes: &[u8], left: &mut usize) -> Result<Value, Vec<Fault>> {
    let state = State { faults: RefCell::default(), left: Cell::new(*left) };
    let root = Place { state: &state, above: None, depth: 1 };
    let mut text = serde_json::Deserializer::from_slice(bytes);
    let value = root.deserialize(&mut text).and_then(|value| text.end().map(|()| value));
    *left = state.left.get();
    let mut faults = state.faults.into_inner();
    match value {
        Ok(value) if faults.is_empty() => Ok(value),
        Ok(_) => Err(faults),
        Err(error) => {
            faults.push(Fault::new("", format!("is not readable: {error}")));
            Err(faults)
        }
    }
}

struct State {
    faults: RefCell<Vec<Fault>>,
    left: Cell<usize>,
}

/// Where in the document a value stands. Its pointer is written only where something is wrong there.
#[derive(Clone, Copy)]
struct Place<'p> {
    state: &'p State,
    above: Option<(&'p Place<'p>, Segment<'p>)>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Segment<'p> {
    Key(&'p str),
    Index(usize),
}

impl<'p> Place<'p> {
    fn below<'b>(&'b self, segment: Segment<'b>) -> Place<'b> {
        Place { state: self.state, above: Some((self, segment)), depth: self.depth + 1 }
    }

    fn fault(&self, detail: &str) {
        let mut faults = self.state.faults.borrow_mut();
        if faults.len() < MAX_PACKAGE_FAULTS {
            faults.push(Fault::new(self.pointer(), detail));
        }
    }

    fn pointer(&self) -> String {
        match self.above {
            None => String::new(),
            Some((above, Segment::Key(key))) => format!("{}/{}", above.pointer(), escaped(key)),
            Some((above, Segment::Index(index))) => format!("{}/{index}", above.pointer()),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let left = self.state.left.get().checked_sub(1);
        self.state.left.set(left.ok_or_else(|| D::Error::custom("the package holds too many values"))?);
        // The content stands one level below the file.
        if self.depth > MAX_CONTENT_DEPTH + 1 {
            self.fault(&format!("stands more than {MAX_CONTENT_DEPTH} levels deep"));
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| Value::Null);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        if value.abs() >= EXACT {
            self.fault("is a number that would be rounded; write it as a text");
        }
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element_seed(self.below(Segment::Index(elements.len())))? {
            elements.push(element);
        }
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let place = self.below(Segment::Key(&key));
            if key.len() > MAX_KEY_BYTES {
                self.fault(&format!("has a key of {} bytes, at most {MAX_KEY_BYTES} are allowed", key.len()));
            }
            if fields.contains_key(&key) {
                place.fault("stands there twice");
            }
            let value = map.next_value_seed(place)?;
            fields.insert(key, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn faults(text: &str) -> Vec<(String, String)> {
        let faults = read(text.as_bytes(), &mut 1_000).unwrap_err();
        faults.into_iter().map(|fault| (fault.pointer, fault.detail)).collect()
    }

    #[test]
    fn a_document_is_read_as_it_stands() {
        let text = r#"{"a": [1, -2, 0.5, "x", true, null], "b": {"a": {}}}"#;

        let value = read(text.as_bytes(), &mut 1_000).unwrap();

        assert_eq!(value, json!({ "a": [1, -2, 0.5, "x", true, null], "b": { "a": {} } }));
    }

    #[test]
    fn every_key_that_stands_twice_is_named() {
        let text = r#"{"a": 1, "b": [{"c/d": 1, "c/d": 2}], "\u0061": 3}"#;

        let twice = |pointer: &str| (pointer.to_owned(), "stands there twice".to_owned());
        assert_eq!(faults(text), [twice("/b/0/c~1d"), twice("/a")]);
    }

    #[test]
    fn depth_is_bounded_without_recursion() {
        let allowed = format!("{}{}", "[".repeat(MAX_CONTENT_DEPTH + 1), "]".repeat(MAX_CONTENT_DEPTH + 1));
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));

        assert!(read(allowed.as_bytes(), &mut 1_000).is_ok());
        assert!(faults(&deep)[0].1.contains("levels deep"));
    }

    #[rstest]
    #[case("")]
    #[case("{")]
    #[case("{} {}")]
    #[case("{\"a\": 1,}")]
    #[case("\u{feff}{}")]
    #[case("1e999")]
    #[case("NaN")]
    fn what_is_no_json_is_refused(#[case] text: &str) {
        assert!(faults(text)[0].1.starts_with("is not readable: "));
    }

    #[test]
    fn text_that_is_not_utf8_is_refused() {
        assert!(read(b"{\"a\": \"\xff\"}", &mut 1_000).is_err());
    }

    #[test]
    fn a_number_is_never_rounded_in_silence() {
        assert_eq!(read(b"18446744073709551615", &mut 1).unwrap(), json!(u64::MAX));
        assert!(faults("[18446744073709551616]")[0].1.contains("rounded"));
    }

    #[test]
    fn a_very_long_key_is_refused() {
        assert!(faults(&format!("{{\"{}\": 1}}", "k".repeat(201)))[0].1.contains("a key of 201 bytes"));
    }

    #[test]
    fn all_documents_together_hold_a_bounded_number_of_values() {
        let mut left = 5;

        assert!(read(b"[1, 2]", &mut left).is_ok());
        assert_eq!(left, 2);
        assert!(read(b"[1, 2]", &mut left).is_err());
    }
}
