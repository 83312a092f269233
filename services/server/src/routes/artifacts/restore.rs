//! Restore what is hidden.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::{Place, key, view::ArtifactView};
use crate::{
    answer::Answer,
    extract::{Asked, Conditional, Path},
    problem::{Problem, ProblemBody, Problems},
};

/// Restore what is hidden
///
/// It is there again as it was: a customization comes back too.
#[utoipa::path(
    post,
    path = "/artifacts/{kind}/{path}/restore",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    responses(
        (status = 200, body = ArtifactView),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn restore_artifact(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    _conditional: Conditional,
    Path(place): Path<Place>,
) -> Result<Answer<ArtifactView>, Problem> {
    let outcome = kernel.restore_artifact(&request, key(place)).await?;
    let version = outcome.get().found.version;
    Ok(Answer::done(outcome.map(ArtifactView::from)).tagged(version))
}
