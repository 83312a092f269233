//! E-mail addresses, which are the login identity.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, Serializer};

use crate::ValueError;

/// An e-mail address in lower case, so that two spellings of one address are equal on every database.
///
/// The check is the one that an HTML form makes (WHATWG HTML, "valid e-mail address"), with a length of at most 254
/// characters (RFC 5321, 4.5.3.1.3). Whether the address exists is shown by a mailed link alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Email(String);

impl Email {
    /// The address, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let folded = text.trim().to_lowercase();
        let valid = folded.len() <= 254
            && folded.split_once('@').is_some_and(|(local, domain)| is_local(local) && is_domain(domain));
        if valid { Ok(Self(folded)) } else { Err(ValueError::new("is no e-mail address")) }
    }
}

fn is_local(local: &str) -> bool {
    !local.is_empty()
        && local.len() <= 64
        && local.chars().all(|c| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c))
}

fn is_domain(domain: &str) -> bool {
    domain.split('.').all(|label| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    })
}

impl TryFrom<String> for Email {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Email {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::Custom("email".to_owned())))
            .min_length(Some(3))
            .max_length(Some(254))
            .pattern(Some(r"^[^\u0000-\u001F\u007F-\u009F]*$"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Email {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_one_address_are_equal() {
        assert_eq!("A.B@Example.TEST".parse::<Email>(), "a.b@example.test".parse());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in ["", "a", "@b", "a@", "a@b@c", "a b@c", "a@-b", "a@b..c", "a\0@b"] {
            assert!(bad.parse::<Email>().is_err(), "{bad:?}");
        }
    }
}
