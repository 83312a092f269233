//! Copying an item.

use axum::extract::State;
use guildhall_core::{ItemId, ProjectId};
use guildhall_kernel::Kernel;

use super::view::ItemView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Duplicate an item
///
/// The copy stands right after it and is to do, with the same words, dates and assignees and copies of its unarchived
/// tasks. A product is held to what a new item asks of it.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/items/{item_id}/duplicate",
    tag = "board",
    params(("project_id" = Uuid, Path), ("item_id" = Uuid, Path)),
    responses((status = 201, body = ItemView), Problems)
)]
pub async fn duplicate_item(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, ItemId)>,
) -> Result<Answer<ItemView>, Problem> {
    let outcome = kernel.duplicate_item(&request, project, id).await?;
    let version = outcome.get().version;
    Ok(Answer::created(outcome.map(ItemView::from)).tagged(version))
}
