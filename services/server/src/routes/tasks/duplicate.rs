//! Copying a task.

use axum::extract::State;
use guildhall_core::{ProjectId, TaskId};
use guildhall_kernel::Kernel;

use super::view::TaskView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Duplicate a task
///
/// The copy stands right after it and is to do, with the same words, date and assignees.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/tasks/{task_id}/duplicate",
    tag = "board",
    params(("project_id" = Uuid, Path), ("task_id" = Uuid, Path)),
    responses((status = 201, body = TaskView), Problems)
)]
pub async fn duplicate_task(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, TaskId)>,
) -> Result<Answer<TaskView>, Problem> {
    let outcome = kernel.duplicate_task(&request, project, id).await?;
    let version = outcome.get().version;
    Ok(Answer::created(outcome.map(TaskView::from)).tagged(version))
}
