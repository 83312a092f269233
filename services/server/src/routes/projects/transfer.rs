//! Handing a project over.

use axum::extract::State;
use guildhall_core::{ProjectId, UserId};
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::ProjectView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// Who is to own a project.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectTransfer {
    /// A member of the project.
    user_id: UserId,
}

/// Transfer a project to another owner
///
/// He is a member of it already (`not_a_member`). An owner who gives it away contributes from then on.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/transfer",
    tag = "projects",
    params(("project_id" = Uuid, Path)),
    request_body = ProjectTransfer,
    responses((status = 200, body = ProjectView), Problems)
)]
pub async fn transfer_project(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProjectId>,
    Json(body): Json<ProjectTransfer>,
) -> Result<Answer<ProjectView>, Problem> {
    let outcome = kernel.transfer_project(&request, id, body.user_id).await?;
    let version = outcome.get().project.version;
    Ok(Answer::done(outcome.map(ProjectView::from)).tagged(version))
}
