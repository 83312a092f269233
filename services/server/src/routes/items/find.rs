//! Reading an item.

use axum::extract::State;
use guildhall_core::{ItemId, ProjectId};
use guildhall_kernel::Kernel;

use super::view::ItemView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read an item
///
/// Archived or not.
#[utoipa::path(
    get,
    path = "/projects/{project_id}/items/{item_id}",
    tag = "board",
    params(("project_id" = Uuid, Path), ("item_id" = Uuid, Path)),
    responses((status = 200, body = ItemView), Problems)
)]
pub async fn find_item(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, ItemId)>,
) -> Result<Answer<ItemView>, Problem> {
    let shown = kernel.find_item(&request, project, id).await?;
    let version = shown.version;
    Ok(Answer::of(ItemView::from(shown)).tagged(version))
}
