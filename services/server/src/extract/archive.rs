//! Bodies that are packages.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
};

use crate::{layer::admit::Admitted, problem::Problem};

/// What an archive may be called.
const MEDIA: [&str; 3] = ["application/gzip", "application/x-gzip", "application/octet-stream"];

/// A body that is an archive, not read yet.
#[derive(Debug, Clone)]
pub struct Archive(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Archive {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let named = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media = named.and_then(|named| named.split(';').next()).unwrap_or_default().trim();
        if !MEDIA.iter().any(|known| media.eq_ignore_ascii_case(known)) {
            let detail = "send the package as `Content-Type: application/gzip`";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail));
        }
        // What was admitted was read whole, within bounds of its own.
        let admitted: Option<&Admitted> = request.extensions().get();
        let admitted =
            admitted.ok_or_else(|| Problem::internal(&"a route stands outside of the admission"))?;
        Ok(Self(admitted.body.clone()))
    }
}
