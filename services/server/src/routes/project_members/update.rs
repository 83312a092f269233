//! Changing somebody's part in a project.

use axum::extract::State;
use guildhall_core::{MetaRoleCode, ProjectId, UserId};
use guildhall_kernel::{ChangeProjectMember, Kernel};
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
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = ProjectRole, required = false)]
    role: Option<ProjectRole>,
    /// All meta roles that he is to have besides the one that the role implies.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<MetaRoleCode>, required = false, max_items = 100)]
    meta_roles: Option<Vec<MetaRoleCode>>,
}

/// Change a project member's role and meta roles
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
    let ProjectMemberPatch { role, meta_roles } = patch;
    let command = ChangeProjectMember { role, meta_roles };
    let shown = kernel.update_project_member(&request, project, user, command).await?;
    let version = shown.version;
    Ok(Answer::of(ProjectMemberView::from(shown)).tagged(version))
}
