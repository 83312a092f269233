//! Reading one's own session.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::view::SessionView;
use crate::{
    answer::Answer,
    extract::Asked,
    problem::{Problem, Problems},
};

/// Read one's own session
#[utoipa::path(get, path = "/sessions/current", tag = "sessions", responses((status = 200, body = SessionView), Problems))]
pub async fn find_session(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
) -> Result<Answer<SessionView>, Problem> {
    Ok(Answer::of(kernel.find_session(&request).await?.into()))
}
