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

impl PhasePost {
    /// The phase that it describes.
    ///
    /// # Errors
    /// 400 where it names no place.
    pub fn command(self) -> Result<CreatePhase, Problem> {
        Ok(CreatePhase {
            name: self.name,
            objective: self.objective,
            deliverables: self.deliverables,
            start_date: self.start_date,
            due_date: self.due_date,
            assignees: self.assignee_ids.unwrap_or_default(),
            place: place(self.after_id, None)?,
        })
    }
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
    let outcome = kernel.create_phase(&request, project, post.command()?).await?;
    let version = outcome.get().version;
    Ok(Answer::created(outcome.map(PhaseView::from)).tagged(version))
}
