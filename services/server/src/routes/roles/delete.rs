//! Removing a role of the workspace's own.

use axum::{extract::State, http::StatusCode};
use guildhall_core::RoleId;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Conditional, Path},
    problem::{Problem, ProblemBody, Problems},
};

/// Remove a role of the workspace's own
///
/// Once nobody holds it: 409 `role_in_use` says how many grants there are. `If-Match` is required.
#[utoipa::path(
    delete,
    path = "/roles/{role_id}",
    tag = "roles",
    params(("role_id" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn delete_role(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    _conditional: Conditional,
    Path(id): Path<RoleId>,
) -> Result<StatusCode, Problem> {
    kernel.delete_role(&request, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
