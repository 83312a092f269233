//! Where mail is handed over, as the operator spells it.

use std::{fmt, net::IpAddr, str::FromStr};

use thiserror::Error;
use url::Url;

/// An SMTP URL: `smtp://` or `smtps://`, with user and password where the server asks for them. It prints without them.
///
/// What goes to another machine is encrypted (STARTTLS, RFC 3207), or does not go, unless the URL says otherwise:
/// `?tls=opportunistic` where the server has it, `?tls=none` never.
#[derive(Clone, PartialEq, Eq)]
pub struct MailPlace(Url);

/// Why a text names no place for mail. It repeats nothing of the text, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// No URL of SMTP.
    #[error("is neither `none` nor a URL such as `smtps://user:password@mail.example.test`")]
    NoUrl,
    /// A query that means nothing, or nothing here.
    #[error(
        "takes one parameter, beside `smtp://` alone: `tls`, which is `required`, `opportunistic` or `none`"
    )]
    Query,
    /// Half of what proves a user.
    #[error("names a user without a password, or a password without a user")]
    HalfUser,
}

impl MailPlace {
    /// The URL as lettre reads it: there an `smtp://` without a parameter is never encrypted.
    pub(super) fn transport_url(&self) -> String {
        let mut url = self.0.clone();
        let tls = self.tls();
        url.set_query(None);
        if url.scheme() == "smtp" {
            match tls.as_deref() {
                Some("none") => {}
                Some(said) => url.set_query(Some(&format!("tls={said}"))),
                None if self.is_loopback() => {}
                None => url.set_query(Some("tls=required")),
            }
        }
        url.into()
    }

    /// The name to greet the server with, where the URL has one as its path.
    pub(super) fn has_own_name(&self) -> bool {
        !self.0.path().trim_matches('/').is_empty()
    }

    fn tls(&self) -> Option<String> {
        self.0.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned())
    }

    /// Whether nothing leaves this machine. The host of such a URL is text, even where it spells an address.
    fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }
}

impl FromStr for MailPlace {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let url = Url::parse(text).map_err(|_| PlaceError::NoUrl)?;
        let named = url.host_str().is_some_and(|host| !host.is_empty());
        if !named || !matches!(url.scheme(), "smtp" | "smtps") || url.fragment().is_some() {
            return Err(PlaceError::NoUrl);
        }
        if url.username().is_empty() != url.password().is_none() {
            return Err(PlaceError::HalfUser);
        }
        let mut known = url
            .query_pairs()
            .map(|(name, value)| name == "tls" && matches!(&*value, "required" | "opportunistic" | "none"));
        if !known.all(|known| known) || (url.scheme() == "smtps" && url.query().is_some()) {
            return Err(PlaceError::Query);
        }
        Ok(Self(url))
    }
}

impl fmt::Display for MailPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let port = self.0.port().map(|port| format!(":{port}")).unwrap_or_default();
        write!(f, "{}://{}{port}", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }
}

impl fmt::Debug for MailPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailPlace({self})")
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn place(text: &str) -> MailPlace {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("smtp://mail.example.test", "smtp://mail.example.test?tls=required")]
    #[case(
        "smtp://mail.example.test:2525/us.example.test",
        "smtp://mail.example.test:2525/us.example.test?tls=required"
    )]
    #[case("smtp://mail.example.test?tls=opportunistic", "smtp://mail.example.test?tls=opportunistic")]
    #[case("smtp://mail.example.test?tls=none", "smtp://mail.example.test")]
    #[case("smtp://127.0.0.1:25", "smtp://127.0.0.1:25")]
    #[case("smtp://localhost", "smtp://localhost")]
    #[case("smtp://localhost?tls=required", "smtp://localhost?tls=required")]
    #[case("smtps://u:p@mail.example.test", "smtps://u:p@mail.example.test")]
    fn what_leaves_the_machine_is_encrypted_unless_the_url_says_otherwise(
        #[case] said: &str,
        #[case] used: &str,
    ) {
        assert_eq!(place(said).transport_url(), used);
    }

    #[rstest]
    #[case("mail.example.test", PlaceError::NoUrl)]
    #[case("http://mail.example.test", PlaceError::NoUrl)]
    #[case("smtp:", PlaceError::NoUrl)]
    #[case("", PlaceError::NoUrl)]
    #[case("smtp://mail.example.test?tls=maybe", PlaceError::Query)]
    #[case("smtp://mail.example.test?ssl=required", PlaceError::Query)]
    #[case("smtps://mail.example.test?tls=none", PlaceError::Query)]
    #[case("smtp://user@mail.example.test", PlaceError::HalfUser)]
    fn what_names_no_place_is_refused(#[case] said: &str, #[case] why: PlaceError) {
        assert_eq!(said.parse::<MailPlace>(), Err(why));
    }

    #[test]
    fn a_place_prints_without_its_password() {
        let place = place("smtps://robot:hidden@mail.example.test:465/name");

        assert_eq!(place.to_string(), "smtps://mail.example.test:465");
        assert!(!format!("{place:?}").contains("hidden"));
    }
}
