//! Listing one's own sessions.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
    routes::sessions::SessionView,
};

/// Which part of one's own sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MySessionsQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List one's own sessions
///
/// Those that have not ended, in all workspaces, in the order of their making.
#[utoipa::path(
    get,
    path = "/me/sessions",
    tag = "me",
    params(MySessionsQuery),
    responses((status = 200, body = PageView<SessionView>), Problems)
)]
pub async fn list_my_sessions(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<MySessionsQuery>,
) -> Result<Answer<PageView<SessionView>>, Problem> {
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let found = kernel.list_my_sessions(&request, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", found)?))
}
