//! Adding a task.

use axum::extract::State;
use chrono::NaiveDate;
use guildhall_core::{ItemId, Name, ProjectId, TaskId, Text, UserId};
use guildhall_kernel::Kernel;
use guildhall_orchestration::CreateTask;
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

/// A task to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskPost {
    /// What is to be done, in one line.
    title: Name,
    /// What is to be done.
    description: Option<Text>,
    /// When it is due.
    due_date: Option<NaiveDate>,
    /// The members of the project who work on it.
    #[schema(max_items = 200)]
    assignee_ids: Option<Vec<UserId>>,
    /// The task that it stands after; `null` for the first place; absent for the end.
    #[serde(default, deserialize_with = "nullable")]
    after_id: Option<Option<TaskId>>,
}

/// Add a task
#[utoipa::path(
    post,
    path = "/projects/{project_id}/items/{item_id}/tasks",
    tag = "board",
    params(("project_id" = Uuid, Path), ("item_id" = Uuid, Path)),
    request_body = TaskPost,
    responses((status = 201, body = TaskView), Problems)
)]
pub async fn create_task(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, item_id)): Path<(ProjectId, ItemId)>,
    Json(post): Json<TaskPost>,
) -> Result<Answer<TaskView>, Problem> {
    let command = CreateTask {
        item_id,
        title: post.title,
        description: post.description,
        due_date: post.due_date,
        assignees: post.assignee_ids.unwrap_or_default(),
        place: place(post.after_id, None)?,
    };
    let outcome = kernel.create_task(&request, project, command).await?;
    let version = outcome.get().version;
    Ok(Answer::created(outcome.map(TaskView::from)).tagged(version))
}
