//! Closing a workspace for the time being.

use axum::extract::State;
use guildhall_core::WorkspaceId;
use guildhall_kernel::Kernel;
use guildhall_tenancy::WorkspaceState;

use super::view::PlatformWorkspaceView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Suspend a workspace
///
/// Its people get 403 `workspace_suspended` from the next request on; nothing of it is lost.
#[utoipa::path(
    post,
    path = "/workspaces/{workspace_id}/suspend",
    tag = "platform",
    params(("workspace_id" = Uuid, Path)),
    responses((status = 200, body = PlatformWorkspaceView), Problems)
)]
pub async fn suspend_workspace(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<WorkspaceId>,
) -> Result<Answer<PlatformWorkspaceView>, Problem> {
    let outcome = kernel.change_workspace_state(&request, id, WorkspaceState::Suspended).await?;
    let version = outcome.get().workspace.version;
    Ok(Answer::done(outcome.map(PlatformWorkspaceView::from)).tagged(version))
}
