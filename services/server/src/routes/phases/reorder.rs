//! Moving a phase.

use axum::extract::State;
use guildhall_core::{PhaseId, ProjectId};
use guildhall_kernel::Kernel;
use guildhall_orchestration::Place;
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

/// Where a phase is to stand: by one neighbour, or without any at the end.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhaseMove {
    /// The phase that it stands after; `null` for the first place.
    #[serde(default, deserialize_with = "nullable")]
    after_id: Option<Option<PhaseId>>,
    /// The phase that it stands before.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = PhaseId, required = false)]
    before_id: Option<PhaseId>,
}

impl PhaseMove {
    /// The place that it names.
    ///
    /// # Errors
    /// 400 for two neighbours.
    pub fn place(self) -> Result<Place<PhaseId>, Problem> {
        place(self.after_id, self.before_id)
    }
}

/// Move a phase
#[utoipa::path(
    post,
    path = "/projects/{project_id}/phases/{phase_id}/move",
    tag = "board",
    params(("project_id" = Uuid, Path), ("phase_id" = Uuid, Path)),
    request_body = PhaseMove,
    responses((status = 200, body = PhaseView), Problems)
)]
pub async fn move_phase(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, PhaseId)>,
    Json(body): Json<PhaseMove>,
) -> Result<Answer<PhaseView>, Problem> {
    let outcome = kernel.move_phase(&request, project, id, body.place()?).await?;
    let version = outcome.get().version;
    Ok(Answer::done(outcome.map(PhaseView::from)).tagged(version))
}
