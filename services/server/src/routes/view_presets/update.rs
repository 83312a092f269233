//! Changing a view preset.

use axum::extract::State;
use guildhall_artifacts::ArtifactName;
use guildhall_core::{Name, Text};
use guildhall_kernel::{Kernel, PresetPatch};
use guildhall_orchestration::CanvasFields;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ViewPresetView;
use crate::{
    answer::Answer,
    extract::{Asked, Conditional, Json, Path},
    patch::nullable,
    problem::{Problem, ProblemBody, Problems},
};

/// What changes of a view preset; `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewPresetPatch {
    /// What it is called. Its id stays.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// What it is good for, in at most 1,000 characters.
    #[serde(default, deserialize_with = "nullable")]
    description: Option<Option<Text>>,
    /// The fields that it shows, all of them.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = CanvasFields, required = false)]
    fields: Option<CanvasFields>,
}

/// Change a view preset
///
/// For this space: of the platform's, or of a package's, that makes a version of its own, which stays in effect when the one below
/// is replaced by a newer one (`update_available`).
#[utoipa::path(
    patch,
    path = "/view-presets/{preset_id}",
    tag = "view-presets",
    params(("preset_id" = String, Path, description = "Its id, with `%2F` for each slash.", max_length = 301)),
    request_body = ViewPresetPatch,
    responses(
        (status = 200, body = ViewPresetView),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn update_view_preset(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    _conditional: Conditional,
    Path(id): Path<ArtifactName>,
    Json(patch): Json<ViewPresetPatch>,
) -> Result<Answer<ViewPresetView>, Problem> {
    let ViewPresetPatch { name, description, fields } = patch;
    let patch = PresetPatch { name, description, fields };
    let shown = kernel.update_view_preset(&request, &id, patch).await.map_err(Problem::of_fields)?;
    let version = shown.listed.version;
    Ok(Answer::of(ViewPresetView::from(shown)).tagged(version))
}
