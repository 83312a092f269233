//! Changing a phase.

use axum::extract::State;
use chrono::NaiveDate;
use guildhall_core::{Name, PhaseId, ProjectId, Text, UserId};
use guildhall_kernel::Kernel;
use guildhall_orchestration as orchestration;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::PhaseView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of a phase; `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhasePatch {
    /// Its name.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// What it is to achieve.
    #[serde(default, deserialize_with = "nullable")]
    objective: Option<Option<Text>>,
    /// What it is to deliver.
    #[serde(default, deserialize_with = "nullable")]
    deliverables: Option<Option<Text>>,
    /// When it begins.
    #[serde(default, deserialize_with = "nullable")]
    start_date: Option<Option<NaiveDate>>,
    /// When it is due.
    #[serde(default, deserialize_with = "nullable")]
    due_date: Option<Option<NaiveDate>>,
    /// All who answer for it from now on.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<UserId>, required = false, max_items = 200)]
    assignee_ids: Option<Vec<UserId>>,
}

impl From<PhasePatch> for orchestration::PhasePatch {
    fn from(patch: PhasePatch) -> Self {
        Self {
            name: patch.name,
            objective: patch.objective,
            deliverables: patch.deliverables,
            start_date: patch.start_date,
            due_date: patch.due_date,
            assignees: patch.assignee_ids,
        }
    }
}

/// Change a phase
///
/// `If-Match` compares the board's version.
#[utoipa::path(
    patch,
    path = "/projects/{project_id}/phases/{phase_id}",
    tag = "board",
    params(("project_id" = Uuid, Path), ("phase_id" = Uuid, Path)),
    request_body = PhasePatch,
    responses((status = 200, body = PhaseView), Problems)
)]
pub async fn update_phase(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, PhaseId)>,
    Json(patch): Json<PhasePatch>,
) -> Result<Answer<PhaseView>, Problem> {
    let shown = kernel.update_phase(&request, project, id, patch.into()).await?;
    let version = shown.version;
    Ok(Answer::of(PhaseView::from(shown)).tagged(version))
}
