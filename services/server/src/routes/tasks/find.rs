//! Reading a task.

use axum::extract::State;
use guildhall_core::{ProjectId, TaskId};
use guildhall_kernel::Kernel;

use super::view::TaskView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a task
///
/// Archived or not.
#[utoipa::path(
    get,
    path = "/projects/{project_id}/tasks/{task_id}",
    tag = "board",
    params(("project_id" = Uuid, Path), ("task_id" = Uuid, Path)),
    responses((status = 200, body = TaskView), Problems)
)]
pub async fn find_task(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, TaskId)>,
) -> Result<Answer<TaskView>, Problem> {
    let shown = kernel.find_task(&request, project, id).await?;
    let version = shown.version;
    Ok(Answer::of(TaskView::from(shown)).tagged(version))
}
