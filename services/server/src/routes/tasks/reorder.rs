//! Moving a task.

use axum::extract::State;
use guildhall_core::{ItemId, ProjectId, TaskId};
use guildhall_kernel::Kernel;
use guildhall_orchestration::MoveTask;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TaskView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
    routes::place::place,
};

/// Where a task is to stand: by one neighbour, or without any at the end.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskMove {
    /// The item that it goes to, or stays in.
    item_id: ItemId,
    /// The task that it stands after; `null` for the first place.
    #[serde(default, deserialize_with = "nullable")]
    after_id: Option<Option<TaskId>>,
    /// The task that it stands before.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = TaskId, required = false)]
    before_id: Option<TaskId>,
}

impl TaskMove {
    /// The place that it names.
    ///
    /// # Errors
    /// 400 for two neighbours.
    pub fn command(self) -> Result<MoveTask, Problem> {
        Ok(MoveTask { item_id: self.item_id, place: place(self.after_id, self.before_id)? })
    }
}

/// Move a task
#[utoipa::path(
    post,
    path = "/projects/{project_id}/tasks/{task_id}/move",
    tag = "board",
    params(("project_id" = Uuid, Path), ("task_id" = Uuid, Path)),
    request_body = TaskMove,
    responses((status = 200, body = TaskView), Problems)
)]
pub async fn move_task(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, TaskId)>,
    Json(body): Json<TaskMove>,
) -> Result<Answer<TaskView>, Problem> {
    let outcome = kernel.move_task(&request, project, id, body.command()?).await?;
    let version = outcome.get().version;
    Ok(Answer::done(outcome.map(TaskView::from)).tagged(version))
}
