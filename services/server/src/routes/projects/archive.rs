//! Putting a project away.

use axum::extract::State;
use guildhall_core::ProjectId;
use guildhall_kernel::Kernel;

use super::ProjectView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Archive a project
///
/// It can be read and restored, and nothing in it changes. The roles that followed from its products end.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/archive",
    tag = "projects",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = ProjectView), Problems)
)]
pub async fn archive_project(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProjectId>,
) -> Result<Answer<ProjectView>, Problem> {
    let outcome = kernel.archive_project(&request, id).await?;
    let version = outcome.get().project.version;
    Ok(Answer::done(outcome.map(ProjectView::from)).tagged(version))
}
