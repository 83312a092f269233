//! Changing what a group is called.

use axum::extract::State;
use guildhall_authz::GroupPatch as Patch;
use guildhall_core::{GroupId, Name, Text};
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::GroupView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of a group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupPatch {
    /// What people call it.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// What it is for.
    #[serde(default, deserialize_with = "nullable")]
    description: Option<Option<Text>>,
}

/// Change a group's name and description
#[utoipa::path(
    patch,
    path = "/groups/{group_id}",
    tag = "groups",
    params(("group_id" = Uuid, Path)),
    request_body = GroupPatch,
    responses((status = 200, body = GroupView), Problems)
)]
pub async fn update_group(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<GroupId>,
    Json(patch): Json<GroupPatch>,
) -> Result<Answer<GroupView>, Problem> {
    let GroupPatch { name, description } = patch;
    let shown = kernel.update_group(&request, id, Patch { name, description }).await?;
    let version = shown.group.version;
    Ok(Answer::of(GroupView::from(shown)).tagged(version))
}
