//! Reading the workspace.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::view::{self, WorkspaceView};
use crate::{
    answer::Answer,
    extract::Asked,
    problem::{Problem, Problems},
};

/// Read the workspace
///
/// External members see its name and its theme; everything else is `null` to them.
#[utoipa::path(get, path = "/workspace", tag = "workspace", responses((status = 200, body = WorkspaceView), Problems))]
pub async fn find_workspace(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
) -> Result<Answer<WorkspaceView>, Problem> {
    Ok(view::answer(kernel.find_workspace(&request).await?))
}
