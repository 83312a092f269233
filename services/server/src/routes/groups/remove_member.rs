//! Taking somebody out of a group.

use axum::{extract::State, http::StatusCode};
use guildhall_core::{GroupId, UserId};
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Take a member out of a group
#[utoipa::path(
    delete,
    path = "/groups/{group_id}/members/{user_id}",
    tag = "groups",
    params(("group_id" = Uuid, Path), ("user_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn remove_group_member(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((group, user)): Path<(GroupId, UserId)>,
) -> Result<StatusCode, Problem> {
    kernel.remove_group_member(&request, group, user).await?;
    Ok(StatusCode::NO_CONTENT)
}
