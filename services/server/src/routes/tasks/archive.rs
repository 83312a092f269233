//! Putting a task away.

use axum::extract::State;
use guildhall_core::{ProjectId, TaskId};
use guildhall_kernel::Kernel;

use super::view::TaskView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Archive a task
///
/// It leaves the board and remembers its status.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/tasks/{task_id}/archive",
    tag = "board",
    params(("project_id" = Uuid, Path), ("task_id" = Uuid, Path)),
    responses((status = 200, body = TaskView), Problems)
)]
pub async fn archive_task(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, TaskId)>,
) -> Result<Answer<TaskView>, Problem> {
    let outcome = kernel.archive_task(&request, project, id).await?;
    let version = outcome.get().version;
    Ok(Answer::done(outcome.map(TaskView::from)).tagged(version))
}
