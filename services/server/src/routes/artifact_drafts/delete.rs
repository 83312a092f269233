//! Throwing a draft away.

use axum::{extract::State, http::StatusCode};
use guildhall_kernel::Kernel;

use super::{Place, key};
use crate::{
    extract::{Asked, Conditional, Path},
    problem::{Problem, ProblemBody, Problems},
};

/// Throw a draft away
#[utoipa::path(
    delete,
    path = "/artifact-drafts/{kind}/{path}",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    responses(
        (status = 204),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn delete_artifact_draft(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    _conditional: Conditional,
    Path(place): Path<Place>,
) -> Result<StatusCode, Problem> {
    kernel.delete_artifact_draft(&request, key(place)).await?;
    Ok(StatusCode::NO_CONTENT)
}
