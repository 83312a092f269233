//! Which workspace a request is about, decided once from what the transport says.
//!
//! A host name is never split to find a workspace: the configured suffix is cut off, and what is left is one label or
//! nothing.

use std::{fmt, str::FromStr};

use guildhall_core::{ValueError, WorkspaceId};
use thiserror::Error;

use crate::WorkspacePrefix;

/// The header that names a workspace on the base domain.
pub const WORKSPACE_HEADER: &str = "Guildhall-Workspace";

/// The most bytes of a host header that are looked at: a name of 253, a final dot, a colon and a port.
const MAX_HOST: usize = 260;

/// The domain below which every workspace has its host name, in lower case and without a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseDomain(String);

impl BaseDomain {
    /// The domain's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host name of the workspace with that prefix.
    pub fn host_of(&self, prefix: &WorkspacePrefix) -> String {
        format!("{prefix}.{self}")
    }
}

impl FromStr for BaseDomain {
    type Err = ValueError;

    /// Takes a host name (RFC 1123, 2.1) of at most 189 characters, so that a label of 63 fits in front, and no IP
    /// address: a name can't stand below one.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let name = text.to_ascii_lowercase();
        let labels = name.split('.').all(is_label);
        let numeric = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
        if labels && !numeric && name.len() <= 189 {
            Ok(Self(name))
        } else {
            Err(ValueError::new("must be a host name without scheme and port, such as `example.test`"))
        }
    }
}

impl fmt::Display for BaseDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a request asks for, before anyone knows whether it exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requested {
    /// The platform itself: the base domain, and no header.
    Platform,
    /// The workspace with this prefix, if there is one.
    Prefix {
        /// The prefix that was named.
        prefix: WorkspacePrefix,
        /// What named it.
        by: NamedBy,
    },
}

/// What named a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedBy {
    /// The host name.
    Host,
    /// The header [`WORKSPACE_HEADER`], on the base domain.
    Header,
}

/// Why a request is about no workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ResolutionError {
    /// Host and header name different workspaces (400).
    #[error("host and header name different workspaces")]
    Conflict,
    /// A header is there twice, with different values (400).
    #[error("the host or the workspace header is given twice")]
    Malformed,
    /// Nothing that could be a workspace is named (404, like an unknown prefix).
    #[error("there is no such workspace")]
    NoWorkspace,
    /// The token is bound to another workspace (401).
    #[error("the token is for another workspace")]
    TokenElsewhere,
}

impl Requested {
    /// Decides from the values of the host header (or what a trusted proxy says in its place; the authority of an
    /// HTTP/2 request counts as one more) and of the header [`WORKSPACE_HEADER`], as bytes off the wire.
    ///
    /// # Errors
    ///
    /// All but [`ResolutionError::TokenElsewhere`].
    pub fn resolve<'a>(
        base: &BaseDomain,
        hosts: impl IntoIterator<Item = &'a [u8]>,
        headers: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, ResolutionError> {
        let host = single(hosts)?.ok_or(ResolutionError::NoWorkspace)?;
        let header = single(headers)?;
        match (by_host(base, host)?, header) {
            (None, None) => Ok(Self::Platform),
            (None, Some(header)) => {
                let prefix = parse_prefix(header).ok_or(ResolutionError::NoWorkspace)?;
                Ok(Self::Prefix { prefix, by: NamedBy::Header })
            }
            (Some(prefix), header) => match header {
                Some(header) if parse_prefix(header).as_ref() != Some(&prefix) => {
                    Err(ResolutionError::Conflict)
                }
                _ => Ok(Self::Prefix { prefix, by: NamedBy::Host }),
            },
        }
    }

    /// The same request when it is a cookie that signs it in: a page can set headers on requests that carry its
    /// visitor's cookie, so the header counts for nothing but the System workspace.
    #[must_use]
    pub fn with_cookie(self) -> Self {
        match self {
            Self::Prefix { prefix, by: NamedBy::Header } if prefix != WorkspacePrefix::SYSTEM => {
                Self::Platform
            }
            other => other,
        }
    }
}

/// The workspace in which a signed-in request acts; `None` is the platform.
///
/// `requested` is the workspace that host or header name; `bound` is the one that the token carries. A bound token acts
/// there alone, and names it where nothing else does.
///
/// # Errors
///
/// [`ResolutionError::TokenElsewhere`] where host or header name another workspace than the token's.
pub fn acting_workspace(
    requested: Option<WorkspaceId>,
    bound: Option<WorkspaceId>,
) -> Result<Option<WorkspaceId>, ResolutionError> {
    match (requested, bound) {
        (Some(requested), Some(bound)) if requested != bound => Err(ResolutionError::TokenElsewhere),
        (requested, bound) => Ok(requested.or(bound)),
    }
}

/// The one value of a header, or `None` where it is absent. Repeating it word for word is harmless.
fn single<'a>(values: impl IntoIterator<Item = &'a [u8]>) -> Result<Option<&'a [u8]>, ResolutionError> {
    let mut values = values.into_iter();
    let first = values.next();
    if values.all(|value| Some(value) == first) { Ok(first) } else { Err(ResolutionError::Malformed) }
}

/// The prefix that the host names, or `None` on the base domain itself.
fn by_host(base: &BaseDomain, host: &[u8]) -> Result<Option<WorkspacePrefix>, ResolutionError> {
    let name = host_name(host).ok_or(ResolutionError::NoWorkspace)?;
    if name == base.as_str() {
        return Ok(None);
    }
    name.strip_suffix(base.as_str())
        .and_then(|rest| rest.strip_suffix('.'))
        .and_then(|label| label.parse().ok())
        .filter(|prefix| *prefix != WorkspacePrefix::SYSTEM)
        .map(Some)
        .ok_or(ResolutionError::NoWorkspace)
}

/// The host in lower case, without its port and without the one dot that may end a complete name.
fn host_name(host: &[u8]) -> Option<String> {
    if host.len() > MAX_HOST {
        return None;
    }
    let host = std::str::from_utf8(host).ok().filter(|host| host.is_ascii())?;
    let name = match host.split_once(':') {
        Some((name, port)) if is_port(port) => name,
        Some(_) => return None,
        None => host,
    };
    Some(name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase())
}

/// Reads a header's prefix. Case is folded as in a host name, so that both spell one workspace alike.
fn parse_prefix(value: &[u8]) -> Option<WorkspacePrefix> {
    let text = std::str::from_utf8(value).ok()?;
    text.trim_matches([' ', '\t']).to_ascii_lowercase().parse().ok()
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests;
