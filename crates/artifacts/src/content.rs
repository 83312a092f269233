//! An artifact's content: one JSON object, in one canonical spelling.

use std::fmt;

use guildhall_core::{Fault, ValueError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::pattern::escaped;

/// The largest content, in bytes of its canonical text.
pub const MAX_CONTENT_BYTES: usize = 256 * 1024;

/// How deep objects and arrays may stand in each other.
pub const MAX_CONTENT_DEPTH: usize = 32;

/// SHA-256 of a content's canonical text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Wraps stored bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

impl Serialize for ContentHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A JSON object within bounds. Its canonical text has the keys of each object in the order of their bytes and no white
/// space, so that equal contents have one text and one hash, in every database.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(Value);

impl Content {
    /// The content of a document that came from outside.
    ///
    /// # Errors
    /// The first fifty faults: not an object, larger than [`MAX_CONTENT_BYTES`], deeper than [`MAX_CONTENT_DEPTH`], NUL in a
    /// text.
    pub fn new(document: Value) -> Result<Self, Vec<Fault>> {
        if !document.is_object() {
            return Err(vec![Fault::new("", "must be a JSON object")]);
        }
        let mut check = Check::default();
        check.value(&document);
        let mut faults = check.faults;
        let size = document.to_string().len();
        if size > MAX_CONTENT_BYTES {
            faults.push(Fault::new("", format!("has {size} bytes, at most {MAX_CONTENT_BYTES} are allowed")));
        }
        if faults.is_empty() { Ok(Self(document)) } else { Err(faults) }
    }

    /// What was written by [`Content::text`].
    ///
    /// # Errors
    /// [`ValueError`] where it was not.
    pub fn from_text(text: &str) -> Result<Self, ValueError> {
        serde_json::from_str(text).map(Self).map_err(|error| ValueError::new(format!("is no JSON: {error}")))
    }

    /// The canonical text.
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// The hash of the canonical text.
    pub fn hash(&self) -> ContentHash {
        ContentHash::of(self.text().as_bytes())
    }

    /// The document.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The document, to keep.
    pub fn into_value(self) -> Value {
        self.0
    }

    /// Whether the artifact may be used; a content that does not say so is.
    pub fn is_enabled(&self) -> bool {
        self.0.get("enabled").and_then(Value::as_bool).unwrap_or(true)
    }
}

/// How many faults one check lists.
const MAX_FAULTS: usize = 50;

/// A walk through a document. The place is one text that grows and shrinks: keys may be long, and values many.
#[derive(Default)]
struct Check {
    pointer: String,
    depth: usize,
    faults: Vec<Fault>,
}

impl Check {
    fn value(&mut self, value: &Value) {
        if self.depth >= MAX_CONTENT_DEPTH {
            return self.fault(&format!("stands more than {MAX_CONTENT_DEPTH} levels deep"));
        }
        self.depth += 1;
        match value {
            Value::String(text) if text.contains('\0') => self.fault("must not contain NUL"),
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.below(&index.to_string(), element);
                }
            }
            Value::Object(fields) => {
                for (key, field) in fields {
                    self.below(&escaped(key), field);
                }
            }
            _ => {}
        }
        self.depth -= 1;
    }

    fn below(&mut self, segment: &str, value: &Value) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(segment);
        if segment.contains('\0') {
            self.fault("must not have a key that contains NUL");
        }
        self.value(value);
        self.pointer.truncate(length);
    }

    fn fault(&mut self, detail: &str) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault::new(&self.pointer, detail));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn equal_contents_have_one_text_and_one_hash() {
        let one = Content::new(serde_json::from_str(r#"{"b": 1, "a": [true, null]}"#).unwrap()).unwrap();
        let other = Content::new(serde_json::from_str(r#"{"a":[true,null],"b":1}"#).unwrap()).unwrap();

        assert_eq!(one.text(), r#"{"a":[true,null],"b":1}"#);
        assert_eq!(one.hash(), other.hash());
        assert_eq!(Content::from_text(&one.text()).unwrap(), one);
    }

    #[test]
    fn a_content_is_an_object_within_bounds() {
        let deep = (0..MAX_CONTENT_DEPTH).fold(json!(1), |inner, _| json!({ "a": inner }));
        let large = json!({ "a": "x".repeat(MAX_CONTENT_BYTES) });

        assert!(Content::new(json!([])).is_err());
        assert!(Content::new(deep).is_err());
        assert!(Content::new(large).is_err());
        assert_eq!(
            Content::new(json!({ "a": ["\0"] })).unwrap_err(),
            [Fault::new("/a/0", "must not contain NUL")]
        );
    }

    #[test]
    fn what_does_not_say_otherwise_is_enabled() {
        assert!(Content::new(json!({})).unwrap().is_enabled());
        assert!(!Content::new(json!({ "enabled": false })).unwrap().is_enabled());
    }
}
