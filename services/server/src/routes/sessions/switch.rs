//! Going on in another workspace.

use axum::extract::State;
use guildhall_core::WorkspaceId;
use guildhall_kernel::Kernel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// Where to go on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SwitchPost {
    /// A workspace that the user is a member of.
    workspace_id: WorkspaceId,
}

/// Where the user goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct SwitchView {
    /// A page on the workspace's host. It posts the code in its fragment to `/sessions`, once, within a minute.
    url: String,
}

/// Go on in another workspace
#[utoipa::path(
    post,
    path = "/sessions/switch",
    tag = "sessions",
    request_body = SwitchPost,
    responses((status = 200, body = SwitchView), Problems)
)]
pub async fn switch_workspace(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<SwitchPost>,
) -> Result<Answer<SwitchView>, Problem> {
    let url = kernel.switch_workspace(&request, post.workspace_id).await?;
    Ok(Answer::of(SwitchView { url }).secret())
}
