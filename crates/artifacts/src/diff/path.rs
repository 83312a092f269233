//! Where a walk through a document is.

use crate::{MAX_CONTENT_DEPTH, pattern::escaped};

/// The longest pointer, in bytes, below which places are named. It bounds what a list of places can weigh: without it a
/// document with one long key and many fields below would repeat that key in each.
const MAX_POINTER_BYTES: usize = 500;

/// A pointer that grows and shrinks with the walk.
#[derive(Debug, Default)]
pub(crate) struct Path {
    pointer: String,
    starts: Vec<usize>,
}

impl Path {
    /// The path of a walk that begins at a place.
    pub(crate) fn at(pointer: &str) -> Self {
        Self { pointer: pointer.to_owned(), starts: Vec::new() }
    }

    /// The pointer of the place.
    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Goes down to a field or an element.
    pub(crate) fn enter(&mut self, name: &str) {
        self.starts.push(self.pointer.len());
        self.pointer.push('/');
        self.pointer.push_str(&escaped(name));
    }

    /// Goes back up.
    pub(crate) fn leave(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.pointer.truncate(start);
        }
    }

    /// How far down the walk has gone.
    pub(crate) fn depth(&self) -> usize {
        self.starts.len()
    }

    /// Whether what stands here is one value, whatever it is: places below have no names.
    pub(crate) fn is_end(&self) -> bool {
        self.depth() >= MAX_CONTENT_DEPTH || self.pointer.len() > MAX_POINTER_BYTES
    }
}
