//! Adding a phase.

use axum::extract::State;
use chrono::NaiveDate;
use guildhall_core::{Name, PhaseId, ProjectId, Text, UserId};
use guildhall_kernel::Kernel;
use guildhall_orchestration::CreatePhase;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::PhaseView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
    routes::place::place,
};

/// A phase to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhasePost {
    /// Its name.
    name: Name,
    /// What it is to achieve.
    objective: Option<Text>,
    /// What it is to deliver.
    deliverables: Option<Text>,
    /// When it begins.
    start_date: Option<NaiveDate>,
    /// When it is due.
    due_date: Option<NaiveDate>,
    /// The members of the project who answer for it.
    #[schema(max_items = 200)]
    assignee_ids: Option<Vec<UserId>>,
    /// The phase that it stands after; `null` for the first place; absent for the end.
    #[serde(default, deserialize_with = "nullable")]
    after_id: Option<Option<PhaseId>>,
}

/// Add a phase
#[utoipa::path(
    post,
    path = "/projects/{project_id}/phases",
    tag = "board",
    params(("project_id" = Uuid, Path)),
    request_body = PhasePost,
    responses((status = 201, body = PhaseView), Problems)
)]
pub async fn create_phase(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Json(post): Json<PhasePost>,
) -> Result<Answer<PhaseView>, Problem> {
    let command = CreatePhase {
        name: post.name,
        objective: post.objective,
        deliverables: post.deliverables,
        start_date: post.start_date,
        due_date: post.due_date,
        assignees: post.assignee_ids.unwrap_or_default(),
        place: place(post.after_id, None)?,
    };
    let outcome = kernel.create_phase(&request, project, command).await?;
    let version = outcome.get().version;
    Ok(Answer::created(outcome.map(PhaseView::from)).tagged(version))
}
