//! What an artifact is called: its kind, the package that it comes from, and its path.

use std::{fmt, str::FromStr};

use guildhall_core::ValueError;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

macro_rules! spelled {
    ($($(#[$meta:meta])* $name:ident, $check:ident, max: $max:literal, pattern: $pattern:literal, $says:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The word as it is spelled.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                text.to_owned().try_into()
            }
        }

        impl TryFrom<String> for $name {
            type Error = ValueError;

            fn try_from(text: String) -> Result<Self, ValueError> {
                if text.len() <= $max && $check(&text) { Ok(Self(text)) } else { Err(ValueError::new($says)) }
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
                    .max_length(Some($max))
                    .pattern(Some($pattern))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )+};
}

spelled! {
    /// What sort of thing an artifact is, such as `workflow_template`.
    KindName, is_kind, max: 40, pattern: "^[a-z][a-z0-9_]{0,39}$", "must match [a-z][a-z0-9_]{0,39}";
    /// The name of a package, such as `guildhall.base`; the namespace of its artifacts.
    PackageId, is_package, max: 100, pattern: "^[a-z0-9][a-z0-9.-]{0,99}$",
        "must match [a-z0-9][a-z0-9.-]{0,99}, without `..`";
    /// Where an artifact stands in its namespace, such as `campaigns/launch`.
    ArtifactPath, is_path, max: 200, pattern: "^[a-z0-9][a-z0-9._/-]{0,199}$",
        "must match [a-z0-9][a-z0-9._/-]{0,199}, without `..` or an empty part, and must not end in a word that the API uses: \
         drafts, history, layers, reapply, restore, resolve, revert, review";
}

/// Words that mean an act on an artifact where they stand at the end of a path.
const ACTS: [&str; 8] = ["drafts", "history", "layers", "reapply", "restore", "resolve", "revert", "review"];

fn is_kind(text: &str) -> bool {
    begins(text, |c| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn is_package(text: &str) -> bool {
    begins(text, is_plain) && !text.contains("..") && text.chars().all(|c| is_plain(c) || ".-".contains(c))
}

fn is_path(text: &str) -> bool {
    begins(text, is_plain)
        && !text.contains("..")
        && text.chars().all(|c| is_plain(c) || "._/-".contains(c))
        && text.split('/').all(|part| !part.is_empty() && part != ".")
        && text.rsplit('/').next().is_none_or(|last| !text.contains('/') || !ACTS.contains(&last))
}

fn is_plain(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

fn begins(text: &str, with: impl Fn(char) -> bool) -> bool {
    text.starts_with(with)
}

/// An artifact's name within its kind: its path, and before it the package that it comes from, as in
/// `guildhall.base:campaigns/launch`. A name without a package is the space's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArtifactName {
    /// The package whose artifact it is; `None` for a space's own.
    pub package: Option<PackageId>,
    /// Where it stands there.
    pub path: ArtifactPath,
}

impl FromStr for ArtifactName {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Ok(match text.split_once(':') {
            Some((package, path)) => Self { package: Some(package.parse()?), path: path.parse()? },
            None => Self { package: None, path: text.parse()? },
        })
    }
}

impl TryFrom<String> for ArtifactName {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<ArtifactName> for String {
    fn from(name: ArtifactName) -> Self {
        name.to_string()
    }
}

impl fmt::Display for ArtifactName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.package {
            Some(package) => write!(f, "{package}:{}", self.path),
            None => self.path.fmt(f),
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for ArtifactName {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .max_length(Some(301))
            .pattern(Some("^([a-z0-9][a-z0-9.-]{0,99}:)?[a-z0-9][a-z0-9._/-]{0,199}$"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for ArtifactName {}

/// What one artifact is known by in every layer and every space.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArtifactKey {
    /// What sort of thing it is.
    pub kind: KindName,
    /// What it is called.
    pub name: ArtifactName,
}

impl ArtifactKey {
    /// An id that is the same for the same key in every space: for logs, which name things by ids. It is a hash of the key
    /// (RFC 9562, 5.8).
    pub fn id(&self) -> Uuid {
        let hash = Sha256::digest(self.to_string());
        Uuid::new_v8(hash.first_chunk().copied().unwrap_or_default())
    }
}

impl fmt::Display for ArtifactKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.name)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("campaigns/launch", None)]
    #[case("guildhall.base:campaigns/launch", Some("guildhall.base"))]
    #[case("review", None)]
    fn a_name_reads_back_what_it_writes(#[case] text: &str, #[case] package: Option<&str>) {
        let name: ArtifactName = text.parse().unwrap();

        assert_eq!(name.to_string(), text);
        assert_eq!(name.package.as_ref().map(PackageId::as_str), package);
    }

    #[rstest]
    #[case("")]
    #[case("../etc/passwd")]
    #[case("a/../b")]
    #[case("a//b")]
    #[case("a/")]
    #[case("/a")]
    #[case("a/./b")]
    #[case("A")]
    #[case("a/review")]
    #[case(":a")]
    #[case("a:")]
    #[case("a:b:c")]
    fn what_could_lead_elsewhere_is_no_name(#[case] text: &str) {
        assert!(text.parse::<ArtifactName>().is_err(), "{text}");
    }

    #[test]
    fn a_path_has_at_most_two_hundred_characters() {
        assert!("a".repeat(200).parse::<ArtifactPath>().is_ok());
        assert!("a".repeat(201).parse::<ArtifactPath>().is_err());
    }
}
