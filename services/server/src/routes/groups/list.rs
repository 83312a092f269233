//! Listing groups.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::GroupView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GroupsQuery {
    /// How many at most: 1 to 200, 50 when it is absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the groups
///
/// By name: those on whose account the caller manages groups, or reads or grants roles.
#[utoipa::path(
    get,
    path = "/groups",
    tag = "groups",
    params(GroupsQuery),
    responses((status = 200, body = PageView<GroupView>), Problems)
)]
pub async fn list_groups(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<GroupsQuery>,
) -> Result<Answer<PageView<GroupView>>, Problem> {
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let groups = kernel.list_groups(&request, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", groups)?))
}
