//! Bounded text, parsed once where it enters.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, Serializer};

use crate::ValueError;

macro_rules! text {
    ($(#[$meta:meta])* $name:ident, $check:ident, min: $min:literal, max: $max:literal, pattern: $pattern:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The longest allowed text, in characters.
            pub const MAX: usize = $max;

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                $check(text, $max).map(|checked| Self(checked.to_owned()))
            }
        }

        /// Copies nothing where the text is as it should be.
        impl TryFrom<String> for $name {
            type Error = ValueError;

            fn try_from(text: String) -> Result<Self, ValueError> {
                let checked = $check(&text, $max)?;
                if checked.len() == text.len() {
                    return Ok(Self(text));
                }
                Ok(Self(checked.to_owned()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .min_length(Some($min))
                    .max_length(Some($max))
                    .pattern(Some($pattern))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}

text! {
    /// A name or a title: one line of 1 to 200 characters, without control characters, trimmed.
    Name, one_line, min: 1, max: 200, pattern: r"^[^\u0000-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u001F\u007F-\u009F]*$"
}

text! {
    /// Prose: at most 10,000 characters; line breaks and tabs are kept, other control characters refused.
    Text, prose, min: 0, max: 10_000, pattern: r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$"
}

fn one_line(text: &str, max: usize) -> Result<&str, ValueError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ValueError::new("must not be empty"));
    }
    if text.chars().any(char::is_control) {
        return Err(ValueError::new("must not contain control characters"));
    }
    bounded(text, max)
}

fn prose(text: &str, max: usize) -> Result<&str, ValueError> {
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(ValueError::new("must not contain control characters"));
    }
    bounded(text, max)
}

/// Counts only what could be too long: no character takes less than a byte.
fn bounded(text: &str, max: usize) -> Result<&str, ValueError> {
    let length = if text.len() > max { text.chars().count() } else { 0 };
    if length > max {
        return Err(ValueError::new(format!("has {length} characters, at most {max} are allowed")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed() {
        assert_eq!(" a b ".parse::<Name>().unwrap().as_str(), "a b");
    }

    #[test]
    fn a_name_refuses_what_a_database_would() {
        for bad in ["", "  ", "a\0b", "a\nb", &"x".repeat(201)] {
            assert!(bad.parse::<Name>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn prose_keeps_its_line_breaks() {
        assert_eq!("a\nb".parse::<Text>().unwrap().as_str(), "a\nb");
        assert!("a\0b".parse::<Text>().is_err());
    }

    #[test]
    fn length_counts_characters_and_not_bytes() {
        assert!("ü".repeat(200).parse::<Name>().is_ok());
        assert!("ü".repeat(201).parse::<Name>().is_err());
    }

    #[test]
    fn an_owned_text_is_held_to_the_same_rules() {
        for text in ["a", " a b ", "", "a\0b", "ü", &"x".repeat(201)] {
            assert_eq!(Name::try_from(text.to_owned()), text.parse());
            assert_eq!(Text::try_from(text.to_owned()), text.parse());
        }
    }

    #[test]
    fn a_text_reads_back_what_it_writes() {
        let name: Name = "Über \"uns\"".parse().unwrap();

        let written = serde_json::to_string(&name).unwrap();

        assert_eq!(serde_json::from_str::<Name>(&written).unwrap(), name);
    }
}
