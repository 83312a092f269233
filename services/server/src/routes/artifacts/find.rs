//! Reading an artifact.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::{Place, key, view::ArtifactView};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read an artifact
///
/// As this space sees it: the version of the highest layer. What is hidden here, or belongs to another workspace, is not there.
#[utoipa::path(
    get,
    path = "/artifacts/{kind}/{path}",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    responses((status = 200, body = ArtifactView), Problems)
)]
pub async fn find_artifact(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(place): Path<Place>,
) -> Result<Answer<ArtifactView>, Problem> {
    let shown = kernel.find_artifact(&request, &key(place)).await?;
    let version = shown.found.version;
    Ok(Answer::of(ArtifactView::from(shown)).tagged(version))
}
