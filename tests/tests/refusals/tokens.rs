//! Credentials that open nothing.

use guildhall_testkit::Client;

use super::world::Refuser;

/// Clients who are nobody here, with what they carry.
pub fn nobodies(refuser: &Refuser) -> Vec<(&'static str, Client)> {
    let visitor = refuser.callers.visitor.with("if-match", "*");
    let bearing = |token: &str| visitor.with("authorization", &format!("Bearer {token}"));
    let mut parts = refuser.token.split('.');
    let (head, claims) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    // {"alg":"none"}
    let unsigned = format!("eyJhbGciOiJub25lIn0.{claims}.");
    let resigned = format!("{head}.{claims}.{}", "A".repeat(342));
    vec![
        ("no token", visitor.clone()),
        ("an empty token", bearing("")),
        ("a word", bearing("nonsense")),
        ("three words", bearing("a.b.c")),
        ("a long token", bearing(&"a".repeat(8_000))),
        ("a token without a signature", bearing(&unsigned)),
        ("a token with another signature", bearing(&resigned)),
        ("a token of another workspace", refuser.stranger.with("if-match", "*")),
        ("another scheme", visitor.with("authorization", "Digest username=nobody")),
        ("a password", visitor.with("authorization", "Basic bm9ib2R5Om5vdGhpbmc=")),
        ("a cookie of nobody", visitor.with("cookie", "guildhall_session=nonsense")),
        ("bytes", visitor.with("authorization", "Bearer \u{fc}\u{fc}")),
    ]
}
