//! Giving a project's member another role.

use axum::extract::State;
use guildhall_core::{ProjectId, UserId};
use guildhall_kernel::Kernel;
use guildhall_orchestration::ProjectRole;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ProjectMemberView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// What changes of somebody's part in a project.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectMemberPatch {
    /// What he is to be.
    role: ProjectRole,
}

/// Give a project's member another role
///
/// The last owner keeps his (`last_owner`). `If-Match` compares the board's version.
#[utoipa::path(
    patch,
    path = "/projects/{project_id}/members/{user_id}",
    tag = "project members",
    params(("project_id" = Uuid, Path), ("user_id" = Uuid, Path)),
    request_body = ProjectMemberPatch,
    responses((status = 200, body = ProjectMemberView), Problems)
)]
pub async fn update_project_member(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, user)): Path<(ProjectId, UserId)>,
    Json(patch): Json<ProjectMemberPatch>,
) -> Result<Answer<ProjectMemberView>, Problem> {
    let shown = kernel.update_project_member(&request, project, user, patch.role).await?;
    let version = shown.version;
    Ok(Answer::of(ProjectMemberView::from(shown)).tagged(version))
}
