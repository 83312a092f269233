//! The table of hosts and headers, hostile ones above all.

use guildhall_core::AccountId;
use rstest::rstest;

use super::*;

fn base() -> BaseDomain {
    "localhost".parse().unwrap()
}

fn resolve(host: &str, header: Option<&str>) -> Result<Requested, ResolutionError> {
    Requested::resolve(&base(), [host.as_bytes()], header.map(str::as_bytes))
}

fn named(prefix: &str, by: NamedBy) -> Result<Requested, ResolutionError> {
    Ok(Requested::Prefix { prefix: prefix.parse().unwrap(), by })
}

#[rstest]
#[case("localhost")]
#[case("localhost:8080")]
#[case("LOCALHOST:1")]
#[case("localhost.")]
#[case("localhost.:8080")]
fn the_base_domain_without_a_header_is_the_platform(#[case] host: &str) {
    assert_eq!(resolve(host, None), Ok(Requested::Platform));
}

#[rstest]
#[case("wpp.localhost", "wpp")]
#[case("wpp.localhost:8080", "wpp")]
#[case("wpp.localhost:65535", "wpp")]
#[case("WPP.LocalHost", "wpp")]
#[case("wpp.localhost.", "wpp")]
#[case("wpp.localhost.:443", "wpp")]
#[case("a-b.localhost", "a-b")]
#[case("localhost.localhost", "localhost")]
fn a_label_before_the_base_domain_names_a_workspace(#[case] host: &str, #[case] prefix: &str) {
    assert_eq!(resolve(host, None), named(prefix, NamedBy::Host));
}

#[rstest]
#[case::empty("")]
#[case::port_alone(":8080")]
#[case::dot(".")]
#[case::no_label(".localhost")]
#[case::two_dots_at_the_end("wpp.localhost..")]
#[case::two_dots_between("wpp..localhost")]
#[case::two_labels("a.wpp.localhost")]
#[case::two_labels_with_prefix_first("wpp.a.localhost")]
#[case::suffix_without_dot("wpplocalhost")]
#[case::suffix_without_dot_but_hyphen("wpp-localhost")]
#[case::base_inside("wpp.localhost.evil.test")]
#[case::base_in_front("localhost.evil.test")]
#[case::other_domain("wpp.example.test")]
#[case::other_name("wpp")]
#[case::ipv4("127.0.0.1")]
#[case::ipv4_with_port("127.0.0.1:8080")]
#[case::ipv4_below("127.0.0.1.localhost")]
#[case::ipv6("[::1]")]
#[case::ipv6_with_port("[::1]:8080")]
#[case::ipv6_bare("::1")]
#[case::ipv6_below("[::1].localhost")]
#[case::user_info("wpp@localhost")]
#[case::user_info_with_password("user:password@wpp.localhost")]
#[case::user_info_hides_the_host("wpp.localhost@evil.test")]
#[case::user_info_before_port("wpp.localhost:80@evil.test")]
#[case::scheme("http://wpp.localhost")]
#[case::path("wpp.localhost/")]
#[case::query("wpp.localhost?x")]
#[case::fragment("wpp.localhost#x")]
#[case::backslash("evil.test\\.localhost")]
#[case::space_in_front(" wpp.localhost")]
#[case::space_behind("wpp.localhost ")]
#[case::space_inside("w pp.localhost")]
#[case::tab("wpp\t.localhost")]
#[case::line_break("wpp.localhost\r\nHost: other.localhost")]
#[case::nul_inside("wpp\0.localhost")]
#[case::nul_behind("wpp.localhost\0.evil.test")]
#[case::list("wpp.localhost, choreograph.localhost")]
#[case::percent("wpp%2elocalhost")]
#[case::percent_label("%77pp.localhost")]
#[case::underscore("w_pp.localhost")]
#[case::hyphen_in_front("-wpp.localhost")]
#[case::hyphen_behind("wpp-.localhost")]
#[case::star("*.localhost")]
#[case::punycode("xn--wpp-xyz.localhost")]
#[case::umlaut("wüpp.localhost")]
#[case::cyrillic("wрр.localhost")]
#[case::full_width("ｗｐｐ.localhost")]
#[case::ideographic_dot("wpp。localhost")]
#[case::kelvin_sign_folds_to_k("\u{212a}.localhost")]
#[case::long_s_folds_to_s("\u{17f}ystem.localhost")]
#[case::zero_width("wpp\u{200b}.localhost")]
#[case::port_empty("wpp.localhost:")]
#[case::port_signed("wpp.localhost:+80")]
#[case::port_negative("wpp.localhost:-1")]
#[case::port_too_large("wpp.localhost:65536")]
#[case::port_huge("wpp.localhost:99999999999999999999")]
#[case::port_word("wpp.localhost:http")]
#[case::two_ports("wpp.localhost:80:80")]
#[case::the_system("system.localhost")]
#[case::the_system_in_upper_case("SYSTEM.localhost:8080")]
#[case::the_system_with_dot("system.localhost.")]
fn any_other_host_is_no_workspace(#[case] host: &str) {
    assert_eq!(resolve(host, None), Err(ResolutionError::NoWorkspace));
    assert_eq!(resolve(host, Some("wpp")), Err(ResolutionError::NoWorkspace));
}

#[test]
fn a_very_long_host_is_no_workspace() {
    let label = "x".repeat(64);
    for host in
        [format!("{label}.localhost"), "x".repeat(1_000_000), format!("{}localhost", "x.".repeat(500))]
    {
        assert_eq!(resolve(&host, None), Err(ResolutionError::NoWorkspace));
    }
    assert!(resolve(&format!("{}.localhost", "x".repeat(63)), None).is_ok());
}

#[test]
fn bytes_that_are_no_text_are_no_workspace() {
    let hosts: [&[u8]; 4] = [b"\xff\xfe", b"wpp\xff.localhost", b"\x80localhost", b"wpp.localhost\xc0\x80"];
    for host in hosts {
        assert_eq!(Requested::resolve(&base(), [host], []), Err(ResolutionError::NoWorkspace), "{host:?}");
    }
    let header: &[u8] = b"wpp\xff";
    assert_eq!(
        Requested::resolve(&base(), [b"localhost".as_slice()], [header]),
        Err(ResolutionError::NoWorkspace)
    );
}

/// Whatever one byte is put, taken or changed anywhere in a good host: if it names a workspace, then by its first label
/// and nothing else.
#[test]
fn no_single_byte_makes_a_host_name_something_else() {
    let good = b"wpp.localhost:8080".as_slice();
    let mut hosts = Vec::new();
    for (before, behind) in (0..=good.len()).map(|place| good.split_at(place)) {
        let without = behind.get(1..).unwrap_or_default();
        hosts.push([before, without].concat());
        for byte in 0..=u8::MAX {
            hosts.push([before, &[byte], behind].concat());
            hosts.push([before, &[byte], without].concat());
        }
    }

    for host in hosts {
        if let Ok(Requested::Prefix { prefix, by }) = Requested::resolve(&base(), [host.as_slice()], []) {
            let label = host.split(|b| *b == b'.').next().unwrap().to_ascii_lowercase();
            assert_eq!((prefix.as_str().as_bytes(), by), (label.as_slice(), NamedBy::Host), "{host:?}");
        }
    }
}

#[test]
fn a_request_without_a_host_is_no_workspace() {
    let none: [&[u8]; 0] = [];

    assert_eq!(Requested::resolve(&base(), none, none), Err(ResolutionError::NoWorkspace));
}

#[rstest]
#[case("wpp")]
#[case("WPP")]
#[case(" wpp\t")]
fn on_the_base_domain_the_header_names_a_workspace(#[case] header: &str) {
    assert_eq!(resolve("localhost:8080", Some(header)), named("wpp", NamedBy::Header));
}

#[rstest]
#[case("")]
#[case(" ")]
#[case("w pp")]
#[case("wpp.localhost")]
#[case("wpp, choreograph")]
#[case("wpp,wpp")]
#[case("wpp\0")]
#[case("\u{17f}ystem")]
#[case("../system")]
#[case("xn--a")]
fn a_header_that_names_nothing_is_no_workspace_and_never_the_platform(#[case] header: &str) {
    assert_eq!(resolve("localhost", Some(header)), Err(ResolutionError::NoWorkspace));
}

#[test]
fn system_is_named_by_header_on_the_base_domain_alone() {
    assert_eq!(resolve("localhost", Some("system")), named("system", NamedBy::Header));
    assert_eq!(resolve("system.localhost", Some("system")), Err(ResolutionError::NoWorkspace));
    assert_eq!(resolve("wpp.localhost", Some("system")), Err(ResolutionError::Conflict));
}

#[test]
fn host_and_header_may_agree_but_not_differ() {
    assert_eq!(resolve("wpp.localhost", Some("wpp")), named("wpp", NamedBy::Host));
    assert_eq!(resolve("wpp.localhost", Some("choreograph")), Err(ResolutionError::Conflict));
    assert_eq!(resolve("wpp.localhost", Some("")), Err(ResolutionError::Conflict));
}

#[test]
fn a_header_given_twice_must_say_the_same() {
    let (wpp, other): (&[u8], &[u8]) = (b"wpp.localhost", b"choreograph.localhost");
    let (prefix, other_prefix): (&[u8], &[u8]) = (b"wpp", b"choreograph");

    assert_eq!(Requested::resolve(&base(), [wpp, wpp], [prefix, prefix]), named("wpp", NamedBy::Host));
    assert_eq!(Requested::resolve(&base(), [wpp, other], []), Err(ResolutionError::Malformed));
    assert_eq!(
        Requested::resolve(&base(), [b"localhost".as_slice()], [prefix, other_prefix]),
        Err(ResolutionError::Malformed)
    );
}

#[test]
fn a_base_domain_of_several_labels_matches_as_a_whole() {
    let base: BaseDomain = "Hall.Example.test".parse().unwrap();
    let of = |host: &str| Requested::resolve(&base, [host.as_bytes()], []);

    assert_eq!(of("hall.example.test"), Ok(Requested::Platform));
    assert_eq!(of("wpp.hall.example.test"), named("wpp", NamedBy::Host));
    assert_eq!(of("wpp.example.test"), Err(ResolutionError::NoWorkspace));
    assert_eq!(of("hallxexample.test"), Err(ResolutionError::NoWorkspace));
    assert_eq!(of("wpp.evilhall.example.test"), Err(ResolutionError::NoWorkspace));
    assert_eq!(base.host_of(&"wpp".parse().unwrap()), "wpp.hall.example.test");
}

#[rstest]
#[case("")]
#[case("localhost:8080")]
#[case("http://localhost")]
#[case("127.0.0.1")]
#[case("[::1]")]
#[case(".localhost")]
#[case("localhost.")]
#[case("a b")]
#[case("-a")]
fn a_base_domain_is_a_host_name(#[case] text: &str) {
    assert!(text.parse::<BaseDomain>().is_err());
}

#[test]
fn beside_a_cookie_the_header_counts_for_system_alone() {
    let header = |prefix| resolve("localhost", Some(prefix)).unwrap().with_cookie();

    assert_eq!(header("wpp"), Requested::Platform);
    assert_eq!(Ok(header("system")), named("system", NamedBy::Header));
    assert_eq!(Ok(resolve("wpp.localhost", None).unwrap().with_cookie()), named("wpp", NamedBy::Host));
}

#[test]
fn a_token_bound_to_a_workspace_acts_there_alone() {
    let (here, there) = (WorkspaceId::SYSTEM, WorkspaceId::new(AccountId::PLATFORM.uuid()));

    assert_eq!(acting_workspace(Some(here), Some(here)), Ok(Some(here)));
    assert_eq!(acting_workspace(Some(there), Some(here)), Err(ResolutionError::TokenElsewhere));
    assert_eq!(acting_workspace(None, Some(here)), Ok(Some(here)));
}

#[test]
fn a_token_without_a_workspace_acts_where_the_request_says() {
    assert_eq!(acting_workspace(Some(WorkspaceId::SYSTEM), None), Ok(Some(WorkspaceId::SYSTEM)));
    assert_eq!(acting_workspace(None, None), Ok(None));
}
