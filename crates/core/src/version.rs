//! Row versions, for optimistic concurrency.

use serde::{Deserialize, Serialize};

/// Counts the changes of one row, from 1. An update names the version that it read and fails where it has moved on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowVersion(i64);

impl RowVersion {
    /// The version of a new row.
    pub const FIRST: Self = Self(1);

    /// Wraps a stored version.
    pub const fn new(version: i64) -> Self {
        Self(version)
    }

    /// The number to store.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The version after one more change.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}
