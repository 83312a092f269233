//! Ending a group.

use axum::{extract::State, http::StatusCode};
use guildhall_core::GroupId;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// End a group
///
/// With its memberships and all that was granted to it.
#[utoipa::path(
    delete,
    path = "/groups/{group_id}",
    tag = "groups",
    params(("group_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn delete_group(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<GroupId>,
) -> Result<StatusCode, Problem> {
    kernel.delete_group(&request, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
