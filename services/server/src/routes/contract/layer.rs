//! Admission to the contract routes: by bearer token, whatever cookies come with it.

use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use guildhall_kernel::Kernel;

use super::error::ContractError;
use crate::layer::admit::{self, Memory};

/// Admits the request, or answers why not. Pages of any origin may call these routes, so a cookie that travels by itself
/// must prove nothing.
pub async fn admit(
    State((kernel, memory)): State<(Kernel, Memory)>,
    mut request: Request,
    next: Next,
) -> Response {
    request.headers_mut().remove(header::COOKIE);
    match admit::admit(&kernel, request, memory).await {
        Ok(request) => next.run(request).await,
        Err(problem) => ContractError::from(problem).into_response(),
    }
}
