//! The console's session cookie.

use axum::http::{HeaderMap, HeaderValue, header};
use url::Url;

/// The cookie's name where the platform is reached by https. The prefix makes browsers hold it to one host (RFC 6265bis).
const SECURE: &str = "__Host-guildhall";
/// Its name on an http loopback address, where browsers refuse the prefix.
const LOOPBACK: &str = "guildhall";

/// The name that a session's cookie has. No other is read: a sibling host could have set it.
fn name(public_url: &Url) -> &'static str {
    if public_url.scheme() == "https" { SECURE } else { LOOPBACK }
}

/// The secret of the request's session cookie.
pub fn read(public_url: &Url, headers: &HeaderMap) -> Option<String> {
    let ours = name(public_url);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == ours).map(|(_, secret)| secret.to_owned())
}

/// The header that gives a browser its session.
pub fn set(public_url: &Url, secret: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&line(public_url, secret, "")).ok()
}

/// The header that takes it away.
pub fn clear(public_url: &Url) -> Option<HeaderValue> {
    HeaderValue::from_str(&line(public_url, "", "; Max-Age=0")).ok()
}

fn line(public_url: &Url, secret: &str, more: &str) -> String {
    let secure = if public_url.scheme() == "https" { "; Secure" } else { "" };
    format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}{more}", name(public_url))
}
