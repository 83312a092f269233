//! Copying a phase.

use axum::extract::State;
use guildhall_core::{PhaseId, ProjectId};
use guildhall_kernel::Kernel;

use super::view::PhaseView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Duplicate a phase
///
/// The copy stands right after it, with the same words, dates and assignees, and copies of its unarchived items and tasks,
/// all to do. Products are held to what a new item asks of them.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/phases/{phase_id}/duplicate",
    tag = "board",
    params(("project_id" = Uuid, Path), ("phase_id" = Uuid, Path)),
    responses((status = 201, body = PhaseView), Problems)
)]
pub async fn duplicate_phase(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, PhaseId)>,
) -> Result<Answer<PhaseView>, Problem> {
    let outcome = kernel.duplicate_phase(&request, project, id).await?;
    let version = outcome.get().version;
    Ok(Answer::created(outcome.map(PhaseView::from)).tagged(version))
}
