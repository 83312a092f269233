//! Errors as products of Open OS read them.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use guildhall_kernel::KernelError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;

/// An error of a contract route: a status and one sentence.
#[derive(Debug)]
pub struct ContractError {
    status: StatusCode,
    message: String,
}

/// An error as it is spelled on the wire.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContractError)]
pub struct ContractErrorBody {
    /// What is wrong and what to do.
    message: String,
}

/// The errors that any contract route may answer, for the API's document.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "read by the derive alone")]
pub enum ContractErrors {
    /// The request is malformed.
    #[response(status = 400)]
    Invalid(ContractErrorBody),
    /// Nobody is signed in.
    #[response(status = 401)]
    Unauthenticated(ContractErrorBody),
    /// Not allowed.
    #[response(status = 403)]
    Forbidden(ContractErrorBody),
    /// Absent, or not visible.
    #[response(status = 404)]
    NotFound(ContractErrorBody),
    /// The body took more than 10 seconds.
    #[response(status = 408)]
    TooSlow(ContractErrorBody),
    /// The body is over 1 MiB.
    #[response(status = 413)]
    TooLarge(ContractErrorBody),
    /// The body is not JSON.
    #[response(status = 415)]
    UnsupportedMediaType(ContractErrorBody),
    /// Busy; try again.
    #[response(status = 503)]
    Unavailable(ContractErrorBody),
}

impl ContractError {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }
}

/// The same error in fewer words: all its faults in one sentence.
impl From<Problem> for ContractError {
    fn from(problem: Problem) -> Self {
        let faults: Vec<String> =
            problem.faults().iter().map(|fault| format!("{} {}", fault.pointer, fault.detail)).collect();
        let message = if faults.is_empty() { problem.detail().to_owned() } else { faults.join("; ") };
        Self::new(problem.status(), message)
    }
}

impl From<KernelError> for ContractError {
    fn from(error: KernelError) -> Self {
        Problem::from(error).into()
    }
}

impl IntoResponse for ContractError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(ContractErrorBody { message: self.message })).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
