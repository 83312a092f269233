//! Reading a workspace.

use axum::extract::State;
use guildhall_core::WorkspaceId;
use guildhall_kernel::Kernel;

use super::view::{self, PlatformWorkspaceView};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a workspace of the platform
#[utoipa::path(
    get,
    path = "/workspaces/{workspace_id}",
    tag = "platform",
    params(("workspace_id" = Uuid, Path)),
    responses((status = 200, body = PlatformWorkspaceView), Problems)
)]
pub async fn find_any_workspace(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<WorkspaceId>,
) -> Result<Answer<PlatformWorkspaceView>, Problem> {
    Ok(view::answer(kernel.find_any_workspace(&request, id).await?))
}
