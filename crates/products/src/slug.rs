//! The readable part of a product's route in the shell.

use std::{fmt, str::FromStr};

use guildhall_core::ValueError;
use serde::{Deserialize, Serialize};

/// The last part of `application/{id}/{slug}`: 1 to 63 lower-case letters, digits and inner hyphens.
///
/// The id before it is what finds the application, so slugs need not differ from each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// The slug as it stands in the route.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let alphabet = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let valid =
            alphabet && (1..=63).contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-');
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(ValueError::new("must match [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"))
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Slug {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .min_length(Some(1))
            .max_length(Some(63))
            .pattern(Some("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Slug {}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("a")]
    #[case("review-board-2")]
    fn a_slug_is_one_dns_label(#[case] text: &str) {
        assert_eq!(text.parse::<Slug>().unwrap().as_str(), text);
    }

    #[rstest]
    #[case("")]
    #[case("-a")]
    #[case("a-")]
    #[case("A")]
    #[case("a/b")]
    #[case("ä")]
    #[case(&"a".repeat(64))]
    fn what_would_need_escaping_is_no_slug(#[case] text: &str) {
        assert!(text.parse::<Slug>().is_err());
    }
}
