//! Answers: a view, its entity tag, and whether it is new, made before, or as it was.

use axum::{
    body::Bytes,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use guildhall_core::RowVersion;
use guildhall_kernel::Outcome;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

/// What answers are written in.
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A view with what stands in the headers beside it.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    status: StatusCode,
    view: T,
    version: Option<RowVersion>,
    replayed: bool,
    secret: bool,
}

impl<T: Serialize> Answer<T> {
    /// A thing as it stands.
    pub fn of(view: T) -> Self {
        Self { status: StatusCode::OK, view, version: None, replayed: false, secret: false }
    }

    /// A thing that was changed, now or before under the same idempotency key.
    pub fn done(outcome: Outcome<T>) -> Self {
        let replayed = outcome.is_replayed();
        Self { replayed, ..Self::of(outcome.into_inner()) }
    }

    /// A thing that was made, now or before under the same idempotency key.
    pub fn created(outcome: Outcome<T>) -> Self {
        Self { status: StatusCode::CREATED, ..Self::done(outcome) }
    }

    /// The same with a secret in it, which nobody on the way may keep.
    #[must_use]
    pub fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// The same with an entity tag: the row's version, and a hash over what else the answer depends on.
    #[must_use]
    pub fn tagged(self, version: RowVersion) -> Self {
        Self { version: Some(version), ..self }
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let body = match write(&self.view) {
            Ok(body) => body,
            Err(problem) => return problem.into_response(),
        };
        let tag = self.version.and_then(|version| entity_tag(version, &Sha256::digest(&body).into()));
        let mut response = (self.status, [(header::CONTENT_TYPE, JSON)], body).into_response();
        let headers = response.headers_mut();
        let kept = if self.secret { "no-store" } else { "no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
        if let Some(tag) = tag {
            headers.insert(header::ETAG, tag);
        }
        if self.replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

/// A view that is written already.
#[derive(Debug, Clone)]
pub struct Written {
    /// The view in JSON.
    pub body: Bytes,
    /// The row's version, which a change compares.
    pub version: RowVersion,
    /// A hash over all that the view follows from.
    pub follows_from: [u8; 32],
}

impl IntoResponse for Written {
    fn into_response(self) -> Response {
        let headers =
            [(header::CONTENT_TYPE, JSON), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
        let mut response = (headers, self.body).into_response();
        if let Some(tag) = entity_tag(self.version, &self.follows_from) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// The view in JSON.
///
/// # Errors
/// A problem where a value has no JSON, which is a fault of the view.
pub fn write(view: &impl Serialize) -> Result<Bytes, Problem> {
    serde_json::to_vec(view).map(Bytes::from).map_err(|error| Problem::internal(&error.to_string()))
}

/// `"<version>.<hash>"`: the first part is what a change compares, both parts what a reader compares.
fn entity_tag(version: RowVersion, hash: &[u8; 32]) -> Option<HeaderValue> {
    let short: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::from_str(&format!("\"{}.{short}\"", version.number())).ok()
}
