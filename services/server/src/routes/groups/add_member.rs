//! Putting somebody into a group.

use axum::{extract::State, http::StatusCode};
use guildhall_core::{GroupId, UserId};
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Put a member into a group
///
/// Whoever is in it stays. It is to grant him all that the group holds: the caller needs what that takes.
#[utoipa::path(
    put,
    path = "/groups/{group_id}/members/{user_id}",
    tag = "groups",
    params(("group_id" = Uuid, Path), ("user_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn add_group_member(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((group, user)): Path<(GroupId, UserId)>,
) -> Result<StatusCode, Problem> {
    kernel.add_group_member(&request, group, user).await?;
    Ok(StatusCode::NO_CONTENT)
}
