//! Passwords, which are hashed outside of any unit of work.

use std::{fmt, str::FromStr};

use async_trait::async_trait;
use guildhall_core::{StoreError, ValueError};
use serde::Deserialize;

/// A password as its user typed it: 8 to 256 characters. Never stored, never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Password(String);

impl Password {
    /// The characters, for a [`PasswordHasher`] alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for Password {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let length = text.chars().count();
        if (8..=256).contains(&length) && !text.chars().any(char::is_control) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ValueError::new("must have 8 to 256 characters and no control characters"))
        }
    }
}

impl TryFrom<String> for Password {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Password {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::Custom("password".to_owned())))
            .min_length(Some(8))
            .max_length(Some(256))
            .pattern(Some(r"^[^\u0000-\u001F\u007F-\u009F]*$"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Password {}

/// A salted hash in PHC string format.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Wraps what a hasher made or a store kept.
    pub fn new(phc: impl Into<String>) -> Self {
        Self(phc.into())
    }

    /// The PHC string, to store or to check against.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

/// Hashes passwords slowly, and a few at a time.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// A new salted hash.
    ///
    /// # Errors
    /// [`StoreError::Backend`] where the hash can't be made.
    async fn hash(&self, password: &Password) -> Result<PasswordHash, StoreError>;

    /// Whether the password belongs to the hash. Without a hash it takes as long and answers `false`, so that an
    /// unknown address takes as long as a wrong password.
    ///
    /// # Errors
    /// [`StoreError::Backend`] where the check can't be made.
    async fn verify(&self, password: &Password, hash: Option<PasswordHash>) -> Result<bool, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_bounds() {
        assert!("12345678".parse::<Password>().is_ok());
        for bad in ["1234567", &"x".repeat(257), "12345678\0"] {
            assert!(bad.parse::<Password>().is_err());
        }
    }

    #[test]
    fn neither_password_nor_hash_is_printed() {
        let password: Password = "guildhall-demo".parse().unwrap();

        assert_eq!(format!("{password:?} {:?}", PasswordHash::new("$x")), "Password(..) PasswordHash(..)");
    }
}
