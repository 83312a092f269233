//! A workspace's prefix: its name on the web.

use std::borrow::Cow;

use chrono::TimeDelta;
use guildhall_core::ValueError;

use crate::spelled::spelled;

spelled! {
    /// The first label of a workspace's host name, unique on the platform and public.
    ///
    /// One label of a host name (RFC 1123, 2.1) in lower case, at most 63 characters, and no internationalized one
    /// (`xn--`), which a browser would show as something else. Whether a new workspace may take it is a question of
    /// its own: [`WorkspacePrefix::is_reserved`].
    WorkspacePrefix, check: check_prefix, max: 63, pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
}

/// Labels that people or machines expect to mean something other than a tenant.
const RESERVED: &str = "\
    about abuse access account accounts admin administrator api app application apps assets auth \
    autoconfig autodiscover cdn console dashboard dns doc docs download downloads files ftp git \
    guildhall health healthz help host hostmaster http https id identity images imap internal invalid \
    invitations isatap ldap legal local localdomain localhost login logout mail metrics monitoring mx ns \
    ns1 ns2 ns3 ns4 oauth oidc openid platform pop pop3 postmaster privacy proxy public readyz redirect \
    register root saml security sftp signin signup smtp ssh ssl sso static stats status support system \
    terms tls token upload uploads vpn web webmail webmaster wpad ws www";

impl WorkspacePrefix {
    /// How long a prefix that a workspace gave up is nobody's: links to it must not lead to somebody else.
    pub const RESTS: TimeDelta = TimeDelta::days(90);

    /// The System workspace's prefix, which no host name carries.
    pub const SYSTEM: Self = Self(Cow::Borrowed("system"));

    /// Whether no new workspace may take it. A prefix that was taken before it became reserved stays readable.
    pub fn is_reserved(&self) -> bool {
        RESERVED.split(' ').any(|label| label == self.as_str())
    }
}

fn check_prefix(text: &str) -> Result<(), ValueError> {
    if text.is_empty() || text.len() > 63 {
        return Err(ValueError::new("must have 1 to 63 characters"));
    }
    if !text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(ValueError::new("must consist of lower-case letters a to z, digits and hyphens"));
    }
    if text.starts_with('-') || text.ends_with('-') {
        return Err(ValueError::new("must not begin or end with a hyphen"));
    }
    if text.starts_with("xn--") {
        return Err(ValueError::new("must not begin with `xn--`"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_of_a_host_name_is_a_prefix() {
        for good in ["a", "7", "wpp", "a-b", "a--b", "4ever", &"x".repeat(63)] {
            assert!(good.parse::<WorkspacePrefix>().is_ok(), "{good:?}");
        }
    }

    #[test]
    fn what_is_no_label_is_no_prefix() {
        let too_long = "x".repeat(64);
        for bad in [
            "",
            "-a",
            "a-",
            "A",
            "a.b",
            "a_b",
            "a b",
            "ä",
            "а",
            "a\0",
            "a\n",
            "xn--bcher-kva",
            &too_long,
            "ſ",
        ] {
            assert!(bad.parse::<WorkspacePrefix>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn every_reserved_label_could_otherwise_be_a_prefix() {
        for label in RESERVED.split(' ') {
            assert!(label.parse::<WorkspacePrefix>().is_ok(), "{label}");
        }
    }

    #[test]
    fn what_the_platform_answers_on_is_reserved() {
        for label in ["www", "api", "admin", "system", "static", "auth", "mail", "localhost"] {
            assert!(label.parse::<WorkspacePrefix>().unwrap().is_reserved(), "{label}");
        }
        assert!(!"wpp".parse::<WorkspacePrefix>().unwrap().is_reserved());
    }

    #[test]
    fn the_system_prefix_is_spelled_like_any_other() {
        assert_eq!("system".parse(), Ok(WorkspacePrefix::SYSTEM));
        assert!(WorkspacePrefix::SYSTEM.is_reserved());
    }
}
