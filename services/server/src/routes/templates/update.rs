//! Changing a template.

use axum::extract::State;
use guildhall_artifacts::ArtifactName;
use guildhall_core::{Name, Text};
use guildhall_kernel::{self as kernel, Kernel};
use guildhall_orchestration::{Gating, TemplatePhase};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TemplateView;
use crate::{
    answer::Answer,
    extract::{Asked, Conditional, Json, Path},
    patch::nullable,
    problem::{Problem, ProblemBody, Problems},
};

/// What changes of a template; `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplatePatch {
    /// What it is called. Its id stays.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// What it is for.
    #[serde(default, deserialize_with = "nullable")]
    description: Option<Option<Text>>,
    /// What sort of work it is for, in at most 100 characters.
    #[serde(default, deserialize_with = "nullable")]
    category: Option<Option<Name>>,
    /// Whether projects that are made from it hold people to the order of their phases.
    #[serde(default, deserialize_with = "nullable")]
    gating: Option<Option<Gating>>,
    /// Its phases, all of them: what is left out is gone.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<TemplatePhase>, required = false, max_items = 100)]
    phases: Option<Vec<TemplatePhase>>,
}

/// Change a template
///
/// For this space: of the platform's, or of a package's, that makes a version of its own, which stays in effect when the one below
/// is replaced by a newer one (`update_available`).
#[utoipa::path(
    patch,
    path = "/templates/{template_id}",
    tag = "templates",
    params(("template_id" = String, Path, description = "Its id, with `%2F` for each slash.", max_length = 301)),
    request_body = TemplatePatch,
    responses(
        (status = 200, body = TemplateView),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn update_template(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    _conditional: Conditional,
    Path(id): Path<ArtifactName>,
    Json(patch): Json<TemplatePatch>,
) -> Result<Answer<TemplateView>, Problem> {
    let TemplatePatch { name, description, category, gating, phases } = patch;
    let patch = kernel::TemplatePatch { name, description, category, gating, phases };
    let shown = kernel.update_template(&request, &id, patch).await.map_err(Problem::of_fields)?;
    let version = shown.listed.version;
    Ok(Answer::of(TemplateView::from(shown)).tagged(version))
}
