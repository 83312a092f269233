//! Deleting an item.

use axum::{extract::State, http::StatusCode};
use guildhall_core::{ItemId, ProjectId};
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Delete an item
///
/// For good, with its tasks. `If-Match` compares the board's version.
#[utoipa::path(
    delete,
    path = "/projects/{project_id}/items/{item_id}",
    tag = "board",
    params(("project_id" = Uuid, Path), ("item_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn delete_item(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, ItemId)>,
) -> Result<StatusCode, Problem> {
    kernel.delete_item(&request, project, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
