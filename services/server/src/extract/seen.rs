//! What a writer has seen of what he writes.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use guildhall_artifacts::Seen;
use guildhall_core::RowVersion;

use super::asked::if_match;
use crate::problem::Problem;

/// `If-Match` where its absence and `*` are two things: who may not know that there is something says nothing, and who does
/// not care says `*`.
#[derive(Debug, Clone, Copy)]
pub struct HasSeen(pub Seen);

impl<S: Send + Sync> FromRequestParts<S> for HasSeen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        seen(&parts.headers).map(Self)
    }
}

fn seen(headers: &HeaderMap) -> Result<Seen, Problem> {
    if !headers.contains_key(header::IF_MATCH) {
        return Ok(Seen::Nothing);
    }
    let version: Option<RowVersion> = if_match(headers)?;
    Ok(version.map_or(Seen::Anything, Seen::Version))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(value: Option<&'static str>) -> Result<Seen, Problem> {
        let mut headers = HeaderMap::new();
        if let Some(value) = value {
            headers.insert(header::IF_MATCH, HeaderValue::from_static(value));
        }
        seen(&headers)
    }

    #[test]
    fn no_header_a_star_and_a_tag_are_three_things() {
        assert_eq!(of(None).unwrap(), Seen::Nothing);
        assert_eq!(of(Some("*")).unwrap(), Seen::Anything);
        assert_eq!(of(Some("\"7.ab\"")).unwrap(), Seen::Version(RowVersion::new(7)));
        assert_eq!(of(Some("\"7\"")).unwrap(), Seen::Version(RowVersion::new(7)));
        assert!(of(Some("seven")).is_err());
    }
}
