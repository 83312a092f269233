//! Ending a grant.

use axum::{extract::State, http::StatusCode};
use guildhall_core::GrantId;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// End a grant
#[utoipa::path(
    delete,
    path = "/grants/{grant_id}",
    tag = "grants",
    params(("grant_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn delete_grant(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<GrantId>,
) -> Result<StatusCode, Problem> {
    kernel.delete_grant(&request, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
