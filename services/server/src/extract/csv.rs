//! Bodies that are tables.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
};

use crate::problem::Problem;

/// A body of comma-separated values (RFC 4180), not read yet.
#[derive(Debug, Clone)]
pub struct Csv(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Csv {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let named = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media = named.and_then(|named| named.split(';').next()).unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("text/csv") {
            let detail = "send the table as `Content-Type: text/csv`";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail));
        }
        let bytes = Bytes::from_request(request, state).await;
        bytes.map(Self).map_err(|_| Problem::bad_request("the body broke off"))
    }
}
