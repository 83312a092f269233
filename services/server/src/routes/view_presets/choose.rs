//! Choosing what to look at a project's Canvas with.

use axum::extract::State;
use guildhall_artifacts::ArtifactName;
use guildhall_core::ProjectId;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::choice_view::ViewChoiceView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// What to look with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewChoicePut {
    /// The view preset; `null` is the default again.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    preset_id: Option<ArtifactName>,
}

/// Choose the view preset that the caller looks at a project with
///
/// It is remembered for him and this project; nobody else sees another Canvas for it.
#[utoipa::path(
    put,
    path = "/projects/{project_id}/view-preset",
    tag = "view-presets",
    params(("project_id" = Uuid, Path)),
    request_body = ViewChoicePut,
    responses((status = 200, body = ViewChoiceView), Problems)
)]
pub async fn choose_view_preset(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Json(put): Json<ViewChoicePut>,
) -> Result<Answer<ViewChoiceView>, Problem> {
    let chosen = kernel.choose_view_preset(&request, project, put.preset_id).await?;
    let version = chosen.version;
    Ok(Answer::of(ViewChoiceView::from(chosen)).tagged(version))
}
