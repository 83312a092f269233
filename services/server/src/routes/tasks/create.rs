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

impl TaskPost {
    /// The task that it describes, in an item.
    ///
    /// # Errors
    /// 400 where it names no place.
    pub fn command(self, item_id: ItemId) -> Result<CreateTask, Problem> {
        Ok(CreateTask {
            item_id,
            title: self.title,
            description: self.description,
            due_date: self.due_date,
            assignees: self.assignee_ids.unwrap_or_default(),
            place: place(self.after_id, None)?,
        })
    }
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
    let outcome = kernel.create_task(&request, project, post.command(item_id)?).await?;
    let version = outcome.get().version;
    Ok(Answer::created(outcome.map(TaskView::from)).tagged(version))
}
