//! Deleting a task.

use axum::{extract::State, http::StatusCode};
use guildhall_core::{ProjectId, TaskId};
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Delete a task
///
/// For good. `If-Match` compares the board's version.
#[utoipa::path(
    delete,
    path = "/projects/{project_id}/tasks/{task_id}",
    tag = "board",
    params(("project_id" = Uuid, Path), ("task_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn delete_task(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, TaskId)>,
) -> Result<StatusCode, Problem> {
    kernel.delete_task(&request, project, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
