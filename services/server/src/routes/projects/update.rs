//! Changing a project.

use axum::extract::State;
use chrono::NaiveDate;
use guildhall_core::{Name, NodeId, ProjectId, Text};
use guildhall_kernel::Kernel;
use guildhall_orchestration::{self as orchestration, Gating};
use serde::Deserialize;
use utoipa::ToSchema;

use super::ProjectView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of a project; `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPatch {
    /// Its name.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// What it is about.
    #[serde(default, deserialize_with = "nullable")]
    description: Option<Option<Text>>,
    /// The node that it belongs to. Its account moves with it.
    #[serde(default, deserialize_with = "nullable")]
    node_id: Option<Option<NodeId>>,
    /// When it begins.
    #[serde(default, deserialize_with = "nullable")]
    start_date: Option<Option<NaiveDate>>,
    /// When it is due.
    #[serde(default, deserialize_with = "nullable")]
    due_date: Option<Option<NaiveDate>>,
    /// What becomes of work that begins before its phase has come. What is ahead already stays so.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Gating, required = false)]
    gating: Option<Gating>,
}

/// Change a project
///
/// A node whose path lacks a level that an item needs is refused (`level_in_use`, with the items).
#[utoipa::path(
    patch,
    path = "/projects/{project_id}",
    tag = "projects",
    params(("project_id" = Uuid, Path)),
    request_body = ProjectPatch,
    responses((status = 200, body = ProjectView), Problems)
)]
pub async fn update_project(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProjectId>,
    Json(patch): Json<ProjectPatch>,
) -> Result<Answer<ProjectView>, Problem> {
    let patch = orchestration::ProjectPatch {
        name: patch.name,
        description: patch.description,
        node_id: patch.node_id,
        start_date: patch.start_date,
        due_date: patch.due_date,
        gating: patch.gating,
    };
    let shown = kernel.update_project(&request, id, patch).await?;
    let version = shown.project.version;
    Ok(Answer::of(ProjectView::from(shown)).tagged(version))
}
