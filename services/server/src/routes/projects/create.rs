//! Creating a project.

use axum::extract::State;
use chrono::NaiveDate;
use guildhall_artifacts::ArtifactName;
use guildhall_core::{Name, NodeId, Text};
use guildhall_kernel::{CreateProject, Kernel};
use guildhall_orchestration::Gating;
use serde::Deserialize;
use utoipa::ToSchema;

use super::ProjectView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A project to create.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPost {
    /// Its name.
    name: Name,
    /// What it is about.
    description: Option<Text>,
    /// The node that it belongs to.
    node_id: Option<NodeId>,
    /// When it begins.
    start_date: Option<NaiveDate>,
    /// When it is due.
    due_date: Option<NaiveDate>,
    /// What becomes of work that begins before its phase has come; where nobody says, what the template says, else `ADVISORY`.
    gating: Option<Gating>,
    /// The template that it is made from.
    template_id: Option<ArtifactName>,
}

/// Create a project
///
/// Its creator owns it. From a template it has all phases, items and tasks of that, at once or not at all; the template's days
/// count from the start date, and without one nothing has a date. Where a product of the template is not to be had, or requires a
/// level that the project's place lacks, that is `product_incompatible` with `items`.
#[utoipa::path(
    post,
    path = "/projects",
    tag = "projects",
    request_body = ProjectPost,
    responses((status = 201, body = ProjectView), Problems)
)]
pub async fn create_project(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<ProjectPost>,
) -> Result<Answer<ProjectView>, Problem> {
    let command = CreateProject {
        name: post.name,
        description: post.description,
        node_id: post.node_id,
        start_date: post.start_date,
        due_date: post.due_date,
        gating: post.gating.unwrap_or(Gating::Advisory),
    };
    let outcome = match &post.template_id {
        Some(template) => kernel.create_project_from(&request, command, template, post.gating).await?,
        None => kernel.create_project(&request, command).await?,
    };
    let version = outcome.get().project.version;
    Ok(Answer::created(outcome.map(ProjectView::from)).tagged(version))
}
