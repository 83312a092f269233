//! Where a product may be served from.

use guildhall_core::{Link, ValueError};
use url::{Host, Url};

/// What decides whether a URL may be a product's entry. Products are foreign code: served from a workspace's own origin
/// they would hold its cookies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlRules {
    /// The platform's own URL. Only where it is http on a loopback host may products be http too.
    pub public_url: Url,
    /// The domain under which each workspace has its host, without a port.
    pub base_domain: String,
}

impl UrlRules {
    /// Whether a product may be served from `link`.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong: not https, with credentials, with a fragment (which carries the launch code),
    /// or on a host of the platform.
    pub fn check(&self, link: &Link) -> Result<(), ValueError> {
        let url = link.url();
        if url.scheme() != "https" && !(url.scheme() == "http" && self.is_local()) {
            return Err(ValueError::new("must begin with https://"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ValueError::new("must not carry a user name or a password"));
        }
        if url.fragment().is_some() {
            return Err(ValueError::new("must not have a fragment"));
        }
        match url.host_str() {
            Some(host) if !self.is_own(host) => Ok(()),
            Some(_) => Err(ValueError::new("must not be on the platform's own domain")),
            None => Err(ValueError::new("must name a host")),
        }
    }

    fn is_local(&self) -> bool {
        let loopback = match self.public_url.host() {
            Some(Host::Domain(name)) => is_at_or_below(&folded(name), "localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        loopback && self.public_url.scheme() == "http"
    }

    fn is_own(&self, host: &str) -> bool {
        let host = folded(host);
        is_at_or_below(&host, &folded(&self.base_domain))
            || self.public_url.host_str().is_some_and(|own| is_at_or_below(&host, &folded(own)))
    }
}

/// A host to compare by: in lower case, without the dot that may end an absolute name.
fn folded(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

fn is_at_or_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn rules(public_url: &str, base_domain: &str) -> UrlRules {
        UrlRules { public_url: public_url.parse().unwrap(), base_domain: base_domain.to_owned() }
    }

    #[rstest]
    #[case("https://apps.test/board")]
    #[case("https://notguildhall.test/board?a=b")]
    #[case("https://guildhall.test.apps.test")]
    fn a_product_is_served_from_a_host_of_its_own(#[case] link: &str) {
        let rules = rules("https://guildhall.test", "guildhall.test");

        assert_eq!(rules.check(&link.parse().unwrap()), Ok(()));
    }

    #[rstest]
    #[case("http://apps.test")]
    #[case("https://guildhall.test/app")]
    #[case("https://wpp.GUILDHALL.test/app")]
    #[case("https://wpp.guildhall.test./app")]
    #[case("https://a.b.guildhall.test:8443/app")]
    #[case("https://apps.test/#launch_code=x")]
    #[case("https://apps.test/#")]
    fn what_could_take_the_platforms_origin_is_refused(#[case] link: &str) {
        let rules = rules("https://guildhall.test", "Guildhall.test");

        assert!(rules.check(&link.parse().unwrap()).is_err());
    }

    #[rstest]
    #[case("http://127.0.0.1:9000", true)]
    #[case("http://[::1]:9000", true)]
    #[case("https://apps.test", true)]
    #[case("http://localhost:9000", false)]
    #[case("http://apps.localhost:9000", false)]
    fn a_loopback_platform_takes_http_but_not_its_own_domain(#[case] link: &str, #[case] allowed: bool) {
        let rules = rules("http://localhost:8080", "localhost");

        assert_eq!(rules.check(&link.parse().unwrap()).is_ok(), allowed);
    }

    #[test]
    fn the_public_host_is_the_platforms_own_even_outside_the_base_domain() {
        let rules = rules("https://desk.test", "guildhall.test");

        assert!(rules.check(&"https://desk.test/app".parse().unwrap()).is_err());
    }
}
