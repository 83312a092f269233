//! Bring a customization back.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::{Place, key, view::ArtifactView};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Bring a customization back
///
/// The one that was taken away last.
#[utoipa::path(
    post,
    path = "/artifacts/{kind}/{path}/reapply",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    responses((status = 200, body = ArtifactView), Problems)
)]
pub async fn reapply_artifact(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(place): Path<Place>,
) -> Result<Answer<ArtifactView>, Problem> {
    let outcome = kernel.reapply_artifact(&request, key(place)).await?;
    let version = outcome.get().found.version;
    Ok(Answer::done(outcome.map(ArtifactView::from)).tagged(version))
}
