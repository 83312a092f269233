//! Reading a draft.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::{Place, key, view::DraftView};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a draft
#[utoipa::path(
    get,
    path = "/artifact-drafts/{kind}/{path}",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    responses((status = 200, body = DraftView), Problems)
)]
pub async fn find_artifact_draft(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(place): Path<Place>,
) -> Result<Answer<DraftView>, Problem> {
    let shown = kernel.find_artifact_draft(&request, &key(place)).await?;
    let version = shown.draft.version;
    Ok(Answer::of(DraftView::from(shown)).tagged(version))
}
