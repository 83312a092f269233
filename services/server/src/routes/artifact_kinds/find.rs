//! Reading a kind of artifacts.

use axum::extract::State;
use guildhall_artifacts::KindName;
use guildhall_kernel::Kernel;

use super::view::ArtifactKindView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a kind of artifacts
///
/// Its JSON Schema says what a content looks like, its rule what a workspace may change in what it inherits.
#[utoipa::path(
    get,
    path = "/artifact-kinds/{kind}",
    tag = "artifacts",
    params(("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$")),
    responses((status = 200, body = ArtifactKindView), Problems)
)]
pub async fn find_artifact_kind(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(name): Path<KindName>,
) -> Result<Answer<ArtifactKindView>, Problem> {
    let shown = kernel.find_artifact_kind(&request, &name).await?;
    Ok(Answer::of(ArtifactKindView::from(shown)))
}
