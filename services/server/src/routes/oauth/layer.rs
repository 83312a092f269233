//! Admission to the token endpoint: as everywhere, but for the shape of the errors.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use guildhall_kernel::Kernel;

use super::error::TokenError;
use crate::layer::admit::{self, Memory};

/// Admits the request, or answers why not.
pub async fn admit(State(kernel): State<Kernel>, request: Request, next: Next) -> Response {
    match admit::admit(&kernel, request, Memory::None).await {
        Ok(request) => next.run(request).await,
        Err(problem) => TokenError::of(&problem).into_response(),
    }
}
