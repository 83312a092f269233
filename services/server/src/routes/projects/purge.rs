//! Removing a project for good.

use axum::extract::State;
use guildhall_core::{Name, ProjectId};
use guildhall_kernel::Kernel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// A project that is to be removed for good.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPurge {
    /// Its name, so that nobody removes the wrong one.
    name: Name,
}

/// A project that is gone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PurgedProjectView {
    /// What its id was.
    id: ProjectId,
}

/// Remove an archived project for good
///
/// With its board, its members, and what was granted on it and offered to join it. The log keeps what happened.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/purge",
    tag = "projects",
    params(("project_id" = Uuid, Path)),
    request_body = ProjectPurge,
    responses((status = 200, body = PurgedProjectView), Problems)
)]
pub async fn purge_project(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProjectId>,
    Json(purge): Json<ProjectPurge>,
) -> Result<Answer<PurgedProjectView>, Problem> {
    let outcome = kernel.purge_project(&request, id, &purge.name).await?;
    Ok(Answer::done(outcome.map(|id| PurgedProjectView { id })))
}
