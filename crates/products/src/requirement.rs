//! What a product needs to know about where it is launched.

use std::{fmt, str::FromStr};

use guildhall_core::{Level, Name, ValueError};
use serde::{Deserialize, Serialize};

/// One part of a version's required context.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Requirement {
    /// The node path must have this level.
    Level(Level),
    /// It must be launched from a project.
    Project,
}

impl Requirement {
    /// Whether a launch on this path, from a project or not, meets it.
    pub fn is_met(&self, path: &[Level], in_project: bool) -> bool {
        match self {
            Self::Level(level) => path.contains(level),
            Self::Project => in_project,
        }
    }
}

/// `CLIENT`, `MARKET`, `BRAND`, `PROJECT` or the name of a custom level.
impl FromStr for Requirement {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text {
            "CLIENT" => Ok(Self::Level(Level::Client)),
            "MARKET" => Ok(Self::Level(Level::Market)),
            "BRAND" => Ok(Self::Level(Level::Brand)),
            "PROJECT" => Ok(Self::Project),
            "CUSTOM" => Err(ValueError::new("must name the custom type itself")),
            custom => custom.parse::<Name>().map(|name| Self::Level(Level::Custom(name))),
        }
    }
}

impl TryFrom<String> for Requirement {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<Requirement> for String {
    fn from(requirement: Requirement) -> Self {
        requirement.to_string()
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level(level) => level.fmt(f),
            Self::Project => f.write_str("PROJECT"),
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Requirement {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <Name as utoipa::PartialSchema>::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Requirement {}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("CLIENT", Requirement::Level(Level::Client))]
    #[case("MARKET", Requirement::Level(Level::Market))]
    #[case("BRAND", Requirement::Level(Level::Brand))]
    #[case("PROJECT", Requirement::Project)]
    #[case("Region", Requirement::Level(Level::Custom("Region".parse().unwrap())))]
    fn a_requirement_reads_back_what_it_writes(#[case] text: &str, #[case] requirement: Requirement) {
        assert_eq!(text.parse::<Requirement>().unwrap(), requirement);
        assert_eq!(requirement.to_string(), text);
    }

    #[test]
    fn a_custom_level_is_named_and_not_called_custom() {
        assert!("CUSTOM".parse::<Requirement>().is_err());
        assert!("".parse::<Requirement>().is_err());
    }
}
