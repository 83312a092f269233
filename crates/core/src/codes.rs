//! Codes: the spelled names of permissions, roles, meta roles and hierarchy levels.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Name, ValueError};

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// A code that is written in the program; its spelling is checked by a test of whoever writes it.
            pub const fn fixed(code: &'static str) -> Self {
                Self(Cow::Borrowed(code))
            }

            /// The code as it is spelled.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                if is_code(text) {
                    Ok(Self(Cow::Owned(text.to_owned())))
                } else {
                    Err(ValueError::new("must match [A-Z][A-Z0-9_:.-]{0,63}"))
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = ValueError;

            fn try_from(text: String) -> Result<Self, ValueError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0.into_owned()
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
                    .max_length(Some(64))
                    .pattern(Some("^[A-Z][A-Z0-9_:.-]{0,63}$"))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )+};
}

codes! {
    /// What somebody may do, as its owner (the platform or a product) spells it.
    PermissionCode;
    /// A named set of permissions, as its owner spells it.
    RoleCode;
    /// A platform-level role that products map their own roles to.
    MetaRoleCode;
}

fn is_code(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "_:.-".contains(c))
}

/// A level of a workspace's hierarchy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Level {
    /// A client of the agency.
    Client,
    /// A market.
    Market,
    /// A brand.
    Brand,
    /// A level that the workspace named itself.
    Custom(Name),
}

impl Level {
    /// Words that mean something else where a level could be named, so that no custom level is called so in any case.
    const RESERVED: [&str; 8] =
        ["CLIENT", "MARKET", "BRAND", "CUSTOM", "PROJECT", "TENANT", "WORKSPACE", "ORGANISATION"];

    /// `CLIENT`, `MARKET`, `BRAND` or `CUSTOM`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Client => "CLIENT",
            Self::Market => "MARKET",
            Self::Brand => "BRAND",
            Self::Custom(_) => "CUSTOM",
        }
    }

    /// The workspace's own name of a custom level.
    pub fn custom_name(&self) -> Option<&Name> {
        match self {
            Self::Custom(name) => Some(name),
            Self::Client | Self::Market | Self::Brand => None,
        }
    }
}

/// As a product's required context spells it: `CLIENT`, `MARKET`, `BRAND` or the custom level's name.
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.custom_name().map_or(self.kind(), Name::as_str))
    }
}

/// `CLIENT`, `MARKET`, `BRAND` or the name of a custom level.
impl FromStr for Level {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let plain = [Self::Client, Self::Market, Self::Brand].into_iter().find(|level| level.kind() == text);
        if let Some(level) = plain {
            return Ok(level);
        }
        let name: Name = text.parse()?;
        if Self::RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name.as_str())) {
            return Err(ValueError::new("is a word of the platform's own; call the level something else"));
        }
        Ok(Self::Custom(name))
    }
}

impl TryFrom<String> for Level {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<Level> for String {
    fn from(level: Level) -> Self {
        level.to_string()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Level {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <Name as utoipa::PartialSchema>::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Level {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_reads_back_what_it_writes_and_takes_no_word_of_the_platforms() {
        for level in [Level::Client, Level::Market, Level::Brand, Level::Custom("Region".parse().unwrap())] {
            assert_eq!(level.to_string().parse(), Ok(level));
        }
        for bad in ["", "client", "Tenant", "CUSTOM", "PROJECT", "a\0b"] {
            assert!(bad.parse::<Level>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn codes_keep_to_one_alphabet() {
        for good in ["A", "ADD_REVIEW", "A:B.C-9"] {
            assert!(good.parse::<PermissionCode>().is_ok(), "{good}");
        }
        for bad in ["", "a", "9A", "A B", "Ä", &"A".repeat(65)] {
            assert!(bad.parse::<PermissionCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_custom_level_is_spelled_by_its_name() {
        assert_eq!(Level::Custom("Region".parse().unwrap()).to_string(), "Region");
        assert_eq!(Level::Brand.to_string(), "BRAND");
    }
}
