//! Reading a project's activity feed.

use axum::extract::State;
use guildhall_core::ProjectId;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::EventView;
use crate::{
    answer::Answer,
    extract::{Asked, Path, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which part of the feed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActivityQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Read a project's activity feed
///
/// What happened in the project, newest first.
#[utoipa::path(
    get,
    path = "/projects/{project_id}/activity",
    tag = "projects",
    params(("project_id" = Uuid, Path), ActivityQuery),
    responses((status = 200, body = PageView<EventView>), Problems)
)]
pub async fn list_activity(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Query(query): Query<ActivityQuery>,
) -> Result<Answer<PageView<EventView>>, Problem> {
    let filter = project.to_string();
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), &filter)?;
    let found = kernel.list_activity(&request, project, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
