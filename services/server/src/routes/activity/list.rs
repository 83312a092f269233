//! Reading a project's activity feed.

use axum::extract::State;
use guildhall_core::{ItemId, Name, ProjectId};
use guildhall_kernel::{ActivityQuery, Kernel};
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
pub struct FeedQuery {
    /// Only what happened in this way, such as `item.moved`.
    kind: Option<Name>,
    /// Only what happened to this project, phase, item, task or member.
    subject_id: Option<ItemId>,
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
    params(("project_id" = Uuid, Path), FeedQuery),
    responses((status = 200, body = PageView<EventView>), Problems)
)]
pub async fn list_activity(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Query(query): Query<FeedQuery>,
) -> Result<Answer<PageView<EventView>>, Problem> {
    let FeedQuery { kind, subject_id, limit, cursor } = query;
    // The ids of all things are spelled alike.
    let asked = ActivityQuery { kind, subject_id: subject_id.map(ItemId::uuid) };
    let filter = format!("{project} {asked:?}");
    let wanted = page::requested(&kernel, &request, limit, cursor.as_deref(), &filter)?;
    let found = kernel.list_activity(&request, project, &asked, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
