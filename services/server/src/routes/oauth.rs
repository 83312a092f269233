//! The token endpoint (RFC 6749), with its own shape of errors (5.2).

mod error;
mod layer;
mod token;

use axum::{Router, http::StatusCode, middleware};
use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

use error::TokenError;

/// The documented route.
pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(token::create_token))
}

/// The route with what stands around it.
pub fn layered(routes: Router<Kernel>, kernel: &Kernel) -> Router<Kernel> {
    routes
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(kernel.clone(), layer::admit))
}

async fn method_not_allowed() -> TokenError {
    TokenError::new(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "this path does not take that method")
}
