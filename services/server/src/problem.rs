//! Errors as clients see them: problem details (RFC 9457), one mapping for each domain.

mod artifacts;
mod authz;
mod context;
mod identity;
mod kernel;
mod orchestration;
mod products;
mod tenancy;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use guildhall_core::ValueError;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::layer::request_id;

/// An error of the API.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    errors: Vec<Fault>,
    more: Map<String, Value>,
    retry_after: Option<u64>,
}

/// One fault of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// Where it is in the body, as a JSON pointer (RFC 6901); in the query, `?` and the parameter's name.
    pub pointer: String,
    /// What is wrong there.
    pub detail: String,
}

impl Fault {
    /// A fault at a place of the body.
    pub fn at(pointer: impl Into<String>, error: &ValueError) -> Self {
        Self { pointer: pointer.into(), detail: error.to_string() }
    }
}

impl Problem {
    /// An error with a stable word for its kind and a sentence for whoever reads it.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), errors: Vec::new(), more: Map::new(), retry_after: None }
    }

    /// The request is not what the API takes; all that is wrong with it.
    pub fn invalid_request(errors: Vec<Fault>) -> Self {
        let detail = match errors.as_slice() {
            [only] => format!("{} {}", only.pointer, only.detail).trim().to_owned(),
            many => format!("the request has {} faults", many.len()),
        };
        Self { errors, ..Self::new(StatusCode::BAD_REQUEST, "invalid_request", detail) }
    }

    /// One fault of the whole request.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", detail)
    }

    /// The thing is absent or not visible. The same bytes for both.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such thing here")
    }

    /// Nobody is signed in.
    pub fn unauthenticated(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", detail)
    }

    /// Something that should not have happened. What it was is in the log alone.
    pub fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(request_id = %request_id::current(), %error, "a request failed");
        let detail = "something went wrong; the log names it by this request's id";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }

    /// The service can't answer now and may soon.
    pub fn unavailable(error: &dyn std::fmt::Display) -> Self {
        tracing::warn!(request_id = %request_id::current(), %error, "a request was shed");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "the service is busy; try again in a second",
        )
    }

    /// Adds the faults that it is made of.
    #[must_use]
    pub fn with_errors(self, errors: Vec<Fault>) -> Self {
        Self { errors, ..self }
    }

    /// Adds a member of its own (RFC 9457, 3.2).
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or(Value::Null);
        self.more.insert(name.to_owned(), value);
        self
    }

    /// Its faults as faults of a part of a body that stands there; a problem without any is one itself.
    pub fn placed_in(&self, pointer: &str) -> Vec<Fault> {
        if self.errors.is_empty() {
            return vec![Fault { pointer: pointer.to_owned(), detail: self.detail.clone() }];
        }
        let below = |fault: &Fault| Fault {
            pointer: format!("{pointer}{}", fault.pointer),
            detail: fault.detail.clone(),
        };
        self.errors.iter().map(below).collect()
    }

    /// Says in how many seconds the client may try again.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// In how many seconds the client may try again.
    pub fn seconds_to_wait(&self) -> Option<u64> {
        self.retry_after
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The faults that it is made of.
    pub fn faults(&self) -> &[Fault] {
        &self.errors
    }

    /// The sentence for whoever reads it.
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

/// Problem details as the API documents them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// What kind of problem it is: `about:blank`, so `title` and `code` say it.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The status in words.
    pub title: &'static str,
    /// The status.
    pub status: u16,
    /// What is wrong and what to do.
    pub detail: String,
    /// A stable word for the rule that refused.
    pub code: &'static str,
    /// The request's id.
    pub request_id: String,
    /// All faults of the request at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<Fault>,
    /// What some rules add: `missing`, `items`, `permission`.
    #[serde(flatten)]
    #[schema(ignore)]
    pub more: Map<String, Value>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ProblemBody {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: self.detail,
            code: self.code,
            request_id: request_id::current(),
            errors: self.errors,
            more: self.more,
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The problems of operations that anybody may call, for the API's document.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "read by the derive alone")]
pub enum PublicProblems {
    /// The request is malformed.
    #[response(status = 400, content_type = "application/problem+json")]
    InvalidRequest(#[to_schema] ProblemBody),
    /// The host names no workspace.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] ProblemBody),
    /// The body took more than 10 seconds.
    #[response(status = 408, content_type = "application/problem+json")]
    TooSlow(#[to_schema] ProblemBody),
    /// The body is over 1 MiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] ProblemBody),
    /// Busy; try again.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(#[to_schema] ProblemBody),
}

/// The problem of operations that nobody may call without end, for the API's document.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "read by the derive alone")]
pub enum Limited {
    /// There were too many attempts.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(#[to_schema] ProblemBody),
}

/// The problems that any operation may answer, for the API's document.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "read by the derive alone")]
pub enum Problems {
    /// The request is malformed: all faults at once.
    #[response(status = 400, content_type = "application/problem+json")]
    InvalidRequest(ProblemBody),
    /// Nobody is signed in.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(ProblemBody),
    /// Visible, but not allowed.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(ProblemBody),
    /// Absent, or not visible.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(ProblemBody),
    /// The body took more than 10 seconds.
    #[response(status = 408, content_type = "application/problem+json")]
    TooSlow(ProblemBody),
    /// Conflicts with the present state.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(ProblemBody),
    /// Changed since it was read.
    #[response(status = 412, content_type = "application/problem+json")]
    Stale(ProblemBody),
    /// The body is over 1 MiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(ProblemBody),
    /// The body is not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    UnsupportedMediaType(ProblemBody),
    /// Well-formed, but a rule refuses it.
    #[response(status = 422, content_type = "application/problem+json")]
    Refused(ProblemBody),
    /// Busy; try again.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(ProblemBody),
}
