//! Errors of the token endpoint (RFC 6749, 5.2).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use guildhall_kernel::{KernelError, Unauthenticated};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;

/// An error of the token endpoint.
#[derive(Debug)]
pub struct TokenError {
    status: StatusCode,
    body: TokenErrorBody,
    retry_after: Option<u64>,
}

/// An error as RFC 6749, 5.2 spells it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenErrorBody {
    /// `invalid_request`, `invalid_client`, `invalid_grant`, `unsupported_grant_type`, ...
    pub error: &'static str,
    /// What is wrong and what to do.
    pub error_description: String,
}

impl TokenError {
    pub fn new(status: StatusCode, error: &'static str, description: impl Into<String>) -> Self {
        Self {
            status,
            body: TokenErrorBody { error, error_description: description.into() },
            retry_after: None,
        }
    }

    pub fn invalid_request(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }

    /// What the kernel says of a user's credentials.
    pub fn of_user(error: KernelError) -> Self {
        match error {
            KernelError::Unauthenticated(Unauthenticated::WrongCredentials) => {
                let description = "address and password do not belong together";
                Self::new(StatusCode::BAD_REQUEST, "invalid_grant", description)
            }
            KernelError::Refused { code, detail } => Self::new(StatusCode::BAD_REQUEST, code, detail),
            other => Self::of(&other.into()),
        }
    }

    /// What the kernel says of a client's credentials.
    pub fn of_client(error: KernelError) -> Self {
        match error {
            KernelError::Unauthenticated(_) => {
                let description = "client id and secret do not belong together";
                Self::new(StatusCode::UNAUTHORIZED, "invalid_client", description)
            }
            other => Self::of(&other.into()),
        }
    }

    /// What the rest of the API would answer as a problem.
    pub fn of(problem: &Problem) -> Self {
        let error = if problem.status().is_server_error() { "server_error" } else { "invalid_request" };
        let retry_after = problem.seconds_to_wait();
        Self { retry_after, ..Self::new(problem.status(), error, problem.detail()) }
    }
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic"));
        }
        response
    }
}
