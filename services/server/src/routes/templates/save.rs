//! Saving a project as a template.

use axum::extract::State;
use guildhall_core::{Name, ProjectId, Text};
use guildhall_kernel::{Kernel, SaveTemplate};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TemplateView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// What a project is saved as.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplatePost {
    /// What the template is called.
    name: Name,
    /// What it is for.
    description: Option<Text>,
    /// What sort of work it is for, in at most 100 characters.
    category: Option<Name>,
}

/// Save a project as a template
///
/// Its phases, items and tasks that are not archived, without people and statuses; dates become days from the project's start date, or,
/// where it has none, from the earliest date in it. The project stays as it is.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/save-as-template",
    tag = "templates",
    params(("project_id" = Uuid, Path)),
    request_body = TemplatePost,
    responses((status = 201, body = TemplateView), Problems)
)]
pub async fn save_as_template(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Json(post): Json<TemplatePost>,
) -> Result<Answer<TemplateView>, Problem> {
    let TemplatePost { name, description, category } = post;
    let command = SaveTemplate { name, description, category };
    let outcome = kernel.save_as_template(&request, project, command).await.map_err(Problem::of_fields)?;
    let version = outcome.get().listed.version;
    Ok(Answer::created(outcome.map(TemplateView::from)).tagged(version))
}
