//! Changing a task.

use axum::extract::State;
use chrono::NaiveDate;
use guildhall_core::{Name, ProjectId, TaskId, Text, UserId};
use guildhall_kernel::Kernel;
use guildhall_orchestration::{self as orchestration, Status};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TaskView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of a task; `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskPatch {
    /// What is to be done, in one line.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    title: Option<Name>,
    /// What is to be done.
    #[serde(default, deserialize_with = "nullable")]
    description: Option<Option<Text>>,
    /// How far it has come; `ARCHIVED` is entered by `/archive` alone and left by `/restore`.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Status, required = false)]
    status: Option<Status>,
    /// When it is due.
    #[serde(default, deserialize_with = "nullable")]
    due_date: Option<Option<NaiveDate>>,
    /// All who work on it from now on.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<UserId>, required = false, max_items = 200)]
    assignee_ids: Option<Vec<UserId>>,
}

impl From<TaskPatch> for orchestration::TaskPatch {
    fn from(patch: TaskPatch) -> Self {
        Self {
            title: patch.title,
            description: patch.description,
            status: patch.status,
            due_date: patch.due_date,
            assignees: patch.assignee_ids,
        }
    }
}

/// Change a task
///
/// The item's status stays as it is. `If-Match` compares the board's version.
#[utoipa::path(
    patch,
    path = "/projects/{project_id}/tasks/{task_id}",
    tag = "board",
    params(("project_id" = Uuid, Path), ("task_id" = Uuid, Path)),
    request_body = TaskPatch,
    responses((status = 200, body = TaskView), Problems)
)]
pub async fn update_task(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, TaskId)>,
    Json(patch): Json<TaskPatch>,
) -> Result<Answer<TaskView>, Problem> {
    let shown = kernel.update_task(&request, project, id, patch.into()).await?;
    let version = shown.version;
    Ok(Answer::of(TaskView::from(shown)).tagged(version))
}
