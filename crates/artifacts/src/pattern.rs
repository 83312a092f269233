//! Places in a document, and patterns of places.

use std::{fmt, str::FromStr};

use guildhall_core::ValueError;
use serde::{Deserialize, Serialize};

/// A JSON pointer (RFC 6901) in which a segment `*` stands for any one key or element. An element of an array with a merge
/// key is named by the value of that key, not by its index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern(String);

impl Pattern {
    /// The whole document.
    pub const ROOT: Self = Self(String::new());

    /// The pattern as it is spelled.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the pattern names exactly this place.
    pub fn matches(&self, pointer: &str) -> bool {
        let (mut own, mut other) = (self.0.split('/'), pointer.split('/'));
        loop {
            match (own.next(), other.next()) {
                (None, None) => return true,
                (Some(own), Some(other)) if own == "*" || own == other => {}
                _ => return false,
            }
        }
    }

    /// Whether the place is one that the pattern names, or stands below one.
    pub fn covers(&self, pointer: &str) -> bool {
        let mut other = pointer.split('/');
        self.0.split('/').all(|own| other.next().is_some_and(|segment| own == "*" || own == segment))
    }

    /// Whether a place that the pattern names could be the pointer, stand below it, or stand above it.
    pub fn touches(&self, pointer: &str) -> bool {
        self.0.split('/').zip(pointer.split('/')).all(|(own, other)| own == "*" || own == other)
    }
}

impl FromStr for Pattern {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let fits = text.is_empty() || (text.starts_with('/') && text.len() <= 500);
        if fits { Ok(Self(text.to_owned())) } else { Err(ValueError::new("must be empty or begin with `/`")) }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Pattern {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .max_length(Some(500))
            .pattern(Some("^(/\\P{Cc}*)?$"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Pattern {}

impl TryFrom<String> for Pattern {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.0
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key as a segment of a JSON pointer (RFC 6901, 3).
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/a/*/b", "/a/x/b", true, true, true)]
    #[case("/a/*/b", "/a/x/b/c", false, true, true)]
    #[case("/a/*/b", "/a", false, false, true)]
    #[case("/a/*/b", "/a/x/c", false, false, false)]
    #[case("", "/a", false, true, true)]
    #[case("/a", "/ab", false, false, false)]
    fn a_pattern_names_covers_and_touches(
        #[case] pattern: Pattern,
        #[case] pointer: &str,
        #[case] names: bool,
        #[case] covers: bool,
        #[case] touches: bool,
    ) {
        assert_eq!(pattern.matches(pointer), names);
        assert_eq!(pattern.covers(pointer), covers);
        assert_eq!(pattern.touches(pointer), touches);
    }
}
