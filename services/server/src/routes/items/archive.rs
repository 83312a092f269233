//! Putting an item away.

use axum::extract::State;
use guildhall_core::{ItemId, ProjectId};
use guildhall_kernel::Kernel;

use super::view::ItemView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Archive an item
///
/// It leaves the board and remembers its status. With a product, the roles that followed from it end.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/items/{item_id}/archive",
    tag = "board",
    params(("project_id" = Uuid, Path), ("item_id" = Uuid, Path)),
    responses((status = 200, body = ItemView), Problems)
)]
pub async fn archive_item(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, ItemId)>,
) -> Result<Answer<ItemView>, Problem> {
    let outcome = kernel.archive_item(&request, project, id).await?;
    let version = outcome.get().version;
    Ok(Answer::done(outcome.map(ItemView::from)).tagged(version))
}
