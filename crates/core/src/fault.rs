//! What is wrong with something that came from outside, and where.

use serde::Serialize;

/// One thing that is wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// Where in the document, as a JSON pointer (RFC 6901); where there are several documents, after the name of the one.
    pub pointer: String,
    /// What is wrong there, as a plain sentence.
    pub detail: String,
}

impl Fault {
    /// A fault at a place.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}
