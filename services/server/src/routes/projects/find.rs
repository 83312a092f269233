//! Reading a project.

use axum::extract::State;
use guildhall_core::ProjectId;
use guildhall_kernel::Kernel;

use super::ProjectView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a project
#[utoipa::path(
    get,
    path = "/projects/{project_id}",
    tag = "projects",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = ProjectView), Problems)
)]
pub async fn find_project(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProjectId>,
) -> Result<Answer<ProjectView>, Problem> {
    let shown = kernel.find_project(&request, id).await?;
    let version = shown.project.version;
    Ok(Answer::of(ProjectView::from(shown)).tagged(version))
}
