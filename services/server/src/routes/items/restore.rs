//! Bringing an item back.

use axum::extract::State;
use guildhall_core::{ItemId, ProjectId};
use guildhall_kernel::Kernel;

use super::view::ItemView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Restore an item
///
/// With the status that it had, where what it uses still fits the project.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/items/{item_id}/restore",
    tag = "board",
    params(("project_id" = Uuid, Path), ("item_id" = Uuid, Path)),
    responses((status = 200, body = ItemView), Problems)
)]
pub async fn restore_item(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, ItemId)>,
) -> Result<Answer<ItemView>, Problem> {
    let outcome = kernel.restore_item(&request, project, id).await?;
    let version = outcome.get().version;
    Ok(Answer::done(outcome.map(ItemView::from)).tagged(version))
}
