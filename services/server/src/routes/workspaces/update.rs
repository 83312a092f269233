//! Renaming a workspace.

use axum::extract::State;
use guildhall_core::{Name, WorkspaceId};
use guildhall_kernel::{Kernel, RenameWorkspace};
use guildhall_tenancy::WorkspacePrefix;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{self, PlatformWorkspaceView};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// What a platform admin changes of a workspace.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlatformWorkspacePatch {
    /// Its name.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// The label of its host name. The old one is nobody's for 90 days.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = WorkspacePrefix, required = false)]
    prefix: Option<WorkspacePrefix>,
}

/// Rename a workspace
#[utoipa::path(
    patch,
    path = "/workspaces/{workspace_id}",
    tag = "platform",
    params(("workspace_id" = Uuid, Path)),
    request_body = PlatformWorkspacePatch,
    responses((status = 200, body = PlatformWorkspaceView), Problems)
)]
pub async fn rename_workspace(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<WorkspaceId>,
    Json(patch): Json<PlatformWorkspacePatch>,
) -> Result<Answer<PlatformWorkspaceView>, Problem> {
    let command = RenameWorkspace { name: patch.name, prefix: patch.prefix };
    Ok(view::answer(kernel.rename_workspace(&request, id, command).await?))
}
