//! Making a view preset.

use axum::extract::State;
use guildhall_core::{Name, Text};
use guildhall_kernel::{CreatePreset, Kernel};
use guildhall_orchestration::CanvasFields;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ViewPresetView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A view preset to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewPresetPost {
    /// What it is called.
    name: Name,
    /// What it is good for, in at most 1,000 characters.
    description: Option<Text>,
    /// The fields that it shows.
    fields: CanvasFields,
}

/// Make a view preset
///
/// Of this space's own. Its id is made from its name, and stays when that changes.
#[utoipa::path(
    post,
    path = "/view-presets",
    tag = "view-presets",
    request_body = ViewPresetPost,
    responses((status = 201, body = ViewPresetView), Problems)
)]
pub async fn create_view_preset(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<ViewPresetPost>,
) -> Result<Answer<ViewPresetView>, Problem> {
    let ViewPresetPost { name, description, fields } = post;
    let command = CreatePreset { name, description, fields };
    let outcome = kernel.create_view_preset(&request, command).await.map_err(Problem::of_fields)?;
    let version = outcome.get().listed.version;
    Ok(Answer::created(outcome.map(ViewPresetView::from)).tagged(version))
}
