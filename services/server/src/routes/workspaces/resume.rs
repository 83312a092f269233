//! Opening a suspended workspace again.

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

/// Resume a suspended workspace
///
/// Its people may work in it again.
#[utoipa::path(
    post,
    path = "/workspaces/{workspace_id}/resume",
    tag = "platform",
    params(("workspace_id" = Uuid, Path)),
    responses((status = 200, body = PlatformWorkspaceView), Problems)
)]
pub async fn resume_workspace(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<WorkspaceId>,
) -> Result<Answer<PlatformWorkspaceView>, Problem> {
    let outcome = kernel.change_workspace_state(&request, id, WorkspaceState::Active).await?;
    let version = outcome.get().workspace.version;
    Ok(Answer::done(outcome.map(PlatformWorkspaceView::from)).tagged(version))
}
