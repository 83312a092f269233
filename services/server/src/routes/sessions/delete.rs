//! Signing out.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use guildhall_kernel::Kernel;

use crate::{
    cookie,
    extract::Asked,
    problem::{Problem, Problems},
};

/// Sign out
///
/// The session opens nothing from the next request on.
#[utoipa::path(delete, path = "/sessions/current", tag = "sessions", responses((status = 204), Problems))]
pub async fn delete_session(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
) -> Result<Response, Problem> {
    kernel.sign_out(&request).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = cookie::clear(&kernel.settings().public_url) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
