//! Ending one of one's own sessions.

use axum::{extract::State, http::StatusCode};
use guildhall_core::SessionId;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// End one of one's own sessions
///
/// It opens nothing from the next request on.
#[utoipa::path(
    delete,
    path = "/me/sessions/{session_id}",
    tag = "me",
    params(("session_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn end_my_session(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    kernel.end_my_session(&request, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
