//! One page of a longer list.

/// Some rows of a list, in the list's order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// Where the next page begins, or `None` on the last one.
    pub next: Option<String>,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageRequest {
    /// How many rows at most.
    pub limit: usize,
    /// The position that the page before ended at; `None` for the first page.
    pub after: Option<String>,
}

impl PageRequest {
    /// The most rows that one page has.
    pub const MAX_LIMIT: usize = 200;
    /// How many rows a page has when nobody says.
    pub const DEFAULT_LIMIT: usize = 50;
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { limit: Self::DEFAULT_LIMIT, after: None }
    }
}

impl<T> Page<T> {
    /// The same page of other things.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}
