//! Opening the review of an override.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::{Place, key, review_view::ReviewView};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Open the review of an override
///
/// It is kept, with who opened it, until it is resolved or the override changes.
#[utoipa::path(
    post,
    path = "/artifacts/{kind}/{path}/review",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    responses((status = 200, body = ReviewView), Problems)
)]
pub async fn open_artifact_review(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(place): Path<Place>,
) -> Result<Answer<ReviewView>, Problem> {
    let outcome = kernel.open_artifact_review(&request, &key(place)).await?;
    Ok(Answer::done(outcome.map(ReviewView::from)))
}
