//! Fields of a merge patch (RFC 7396): absent leaves alone, `null` clears.

use serde::{Deserialize, Deserializer};

/// A field that may be cleared: absent is `None`, `null` is `Some(None)`.
///
/// # Errors
/// Where the value is not of its type.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// A field that may be absent and never `null`.
///
/// # Errors
/// Where the value is `null` or not of its type.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
