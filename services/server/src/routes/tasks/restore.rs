//! Bringing a task back.

use axum::extract::State;
use guildhall_core::{ProjectId, TaskId};
use guildhall_kernel::Kernel;

use super::view::TaskView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Restore a task
///
/// With the status that it had.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/tasks/{task_id}/restore",
    tag = "board",
    params(("project_id" = Uuid, Path), ("task_id" = Uuid, Path)),
    responses((status = 200, body = TaskView), Problems)
)]
pub async fn restore_task(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, TaskId)>,
) -> Result<Answer<TaskView>, Problem> {
    let outcome = kernel.restore_task(&request, project, id).await?;
    let version = outcome.get().version;
    Ok(Answer::done(outcome.map(TaskView::from)).tagged(version))
}
