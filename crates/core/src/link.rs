//! Links that people paste.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, Serializer};
use url::Url;

use crate::ValueError;

/// An absolute `http` or `https` URL with a host and without credentials, of at most 2,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Link(Url);

impl Link {
    /// The URL as it is written on the wire.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The parsed URL (WHATWG URL).
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl FromStr for Link {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        if text.chars().count() > 2_000 {
            return Err(ValueError::new("has more than 2000 characters"));
        }
        if text.chars().any(char::is_control) {
            return Err(ValueError::new("must not contain control characters"));
        }
        let url = Url::parse(text).map_err(|_| ValueError::new("is no absolute URL"))?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(ValueError::new("must begin with http:// or https://"));
        }
        // The written form is longer where characters had to be encoded, and it is what is stored and read again.
        if url.as_str().len() > 2_000 {
            return Err(ValueError::new("has more than 2000 characters once it is encoded"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ValueError::new("must not carry a user name or a password"));
        }
        Ok(Self(url))
    }
}

impl TryFrom<String> for Link {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0.into()
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Link {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::Custom("uri".to_owned())))
            .max_length(Some(2_000))
            .pattern(Some(r"^\s*[hH][tT][tT][pP][sS]?://[^\u0000-\u001F\u007F-\u009F]+$"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Link {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_address_is_a_link() {
        assert_eq!(
            "https://example.test/a?b=c".parse::<Link>().unwrap().as_str(),
            "https://example.test/a?b=c"
        );
    }

    #[test]
    fn what_is_taken_reads_back_as_it_is_written() {
        let long = format!("https://a.test/?{}", "'".repeat(1_900));
        let short = format!("https://a.test/?{}", "'".repeat(600));

        let taken: Link = short.parse().unwrap();

        assert!(long.parse::<Link>().is_err());
        assert_eq!(taken.as_str().parse(), Ok(taken.clone()));
    }

    #[test]
    fn what_could_run_or_leak_is_no_link() {
        for bad in ["javascript:alert(1)", "/path", "ftp://a.test", "https://u:p@a.test", "https://", ""] {
            assert!(bad.parse::<Link>().is_err(), "{bad:?}");
        }
    }
}
