//! Removing somebody from a project.

use axum::{extract::State, http::StatusCode};
use guildhall_core::{ProjectId, UserId};
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Remove somebody from a project
///
/// He is taken off all work there, and with the next request the project is not there for him. The last owner stays
/// (`last_owner`). `If-Match` compares the board's version.
#[utoipa::path(
    delete,
    path = "/projects/{project_id}/members/{user_id}",
    tag = "project members",
    params(("project_id" = Uuid, Path), ("user_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn remove_project_member(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, user)): Path<(ProjectId, UserId)>,
) -> Result<StatusCode, Problem> {
    kernel.remove_project_member(&request, project, user).await?;
    Ok(StatusCode::NO_CONTENT)
}
