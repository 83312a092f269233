//! Listing the kinds of artifacts.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::view::ArtifactKindView;
use crate::{
    answer::Answer,
    extract::Asked,
    page::PageView,
    problem::{Problem, Problems},
};

/// List the kinds of artifacts
///
/// All of them, by name, in one page. Whoever may come into the workspace may know them.
#[utoipa::path(
    get,
    path = "/artifact-kinds",
    tag = "artifacts",
    responses((status = 200, body = PageView<ArtifactKindView>), Problems)
)]
pub async fn list_artifact_kinds(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
) -> Result<Answer<PageView<ArtifactKindView>>, Problem> {
    let kinds = kernel.list_artifact_kinds(&request).await?;
    let items = kinds.into_iter().map(ArtifactKindView::from).collect();
    Ok(Answer::of(PageView { items, next_cursor: None }))
}
