//! Reading what stands at an artifact's name in each layer.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::{Place, key, view::ArtifactLayersView};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read what stands in each layer
///
/// Hidden or not, for those who may write the kind.
#[utoipa::path(
    get,
    path = "/artifacts/{kind}/{path}/layers",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    responses((status = 200, body = ArtifactLayersView), Problems)
)]
pub async fn find_artifact_layers(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(place): Path<Place>,
) -> Result<Answer<ArtifactLayersView>, Problem> {
    let shown = kernel.find_artifact_layers(&request, &key(place)).await?;
    let version = shown.version;
    Ok(Answer::of(ArtifactLayersView::from(shown)).tagged(version))
}
