//! Deleting a phase.

use axum::{extract::State, http::StatusCode};
use guildhall_core::{PhaseId, ProjectId};
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Delete a phase
///
/// For good, once nothing lies in it; archived items count. `If-Match` compares the board's version.
#[utoipa::path(
    delete,
    path = "/projects/{project_id}/phases/{phase_id}",
    tag = "board",
    params(("project_id" = Uuid, Path), ("phase_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn delete_phase(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, PhaseId)>,
) -> Result<StatusCode, Problem> {
    kernel.delete_phase(&request, project, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
