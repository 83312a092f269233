//! Reading a view preset.

use axum::extract::State;
use guildhall_artifacts::ArtifactName;
use guildhall_kernel::Kernel;

use super::view::ViewPresetView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a view preset
///
/// With the fields that it shows.
#[utoipa::path(
    get,
    path = "/view-presets/{preset_id}",
    tag = "view-presets",
    params(("preset_id" = String, Path, description = "Its id, with `%2F` for each slash.", max_length = 301)),
    responses((status = 200, body = ViewPresetView), Problems)
)]
pub async fn find_view_preset(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ArtifactName>,
) -> Result<Answer<ViewPresetView>, Problem> {
    let shown = kernel.find_view_preset(&request, &id).await?;
    let version = shown.listed.version;
    Ok(Answer::of(ViewPresetView::from(shown)).tagged(version))
}
