//! Bringing a project back.

use axum::extract::State;
use guildhall_core::ProjectId;
use guildhall_kernel::Kernel;

use super::ProjectView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Restore a project
///
/// Where its node is in use and has what the items of the project require.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/restore",
    tag = "projects",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = ProjectView), Problems)
)]
pub async fn restore_project(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProjectId>,
) -> Result<Answer<ProjectView>, Problem> {
    let outcome = kernel.restore_project(&request, id).await?;
    let version = outcome.get().project.version;
    Ok(Answer::done(outcome.map(ProjectView::from)).tagged(version))
}
