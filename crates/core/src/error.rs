//! The two errors that every crate shares.

use thiserror::Error;

/// Why a store could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// A uniqueness or reference rule of the store refused the write.
    #[error("the write conflicts with what is stored: {0}")]
    Conflict(String),
    /// The row has changed since it was read; nothing was written.
    #[error("the row has changed since it was read")]
    Stale,
    /// A stored row breaks a rule that every written row keeps.
    #[error("a stored row is not readable: {0}")]
    Corrupt(String),
    /// The store can't be reached, or did not answer in time. Trying again may help.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// Anything else that the store reports.
    #[error("the store failed: {0}")]
    Backend(String),
}

/// A value that breaks the rules of its type.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct ValueError(String);

impl ValueError {
    /// An error with a plain sentence for the person who typed the value: what is wrong and what would be right.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}
