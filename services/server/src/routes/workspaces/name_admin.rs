//! Putting somebody in charge of a workspace.

use axum::extract::State;
use guildhall_core::WorkspaceId;
use guildhall_kernel::Kernel;

use super::{create::WorkspaceAdminPost, view::WorkspaceMadeView};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Limited, Problem, Problems},
};

/// Put somebody in charge of a workspace
///
/// An address that has an account becomes its admin, member or not; another one is invited, or has an account made where a
/// password is sent.
#[utoipa::path(
    post,
    path = "/workspaces/{workspace_id}/admins",
    tag = "platform",
    params(("workspace_id" = Uuid, Path)),
    request_body = WorkspaceAdminPost,
    responses((status = 201, body = WorkspaceMadeView), Limited, Problems)
)]
pub async fn name_workspace_admin(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<WorkspaceId>,
    Json(post): Json<WorkspaceAdminPost>,
) -> Result<Answer<WorkspaceMadeView>, Problem> {
    let named = kernel.name_workspace_admin(&request, id, post.into()).await?;
    Ok(Answer::created(named.map(WorkspaceMadeView::from)).secret())
}
