//! Listing a group's members.

use axum::extract::State;
use guildhall_core::GroupId;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::GroupMemberView;
use crate::{
    answer::Answer,
    extract::{Asked, Path, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GroupMembersQuery {
    /// How many at most: 1 to 200, 50 when it is absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List a group's members
#[utoipa::path(
    get,
    path = "/groups/{group_id}/members",
    tag = "groups",
    params(("group_id" = Uuid, Path), GroupMembersQuery),
    responses((status = 200, body = PageView<GroupMemberView>), Problems)
)]
pub async fn list_group_members(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(group): Path<GroupId>,
    Query(query): Query<GroupMembersQuery>,
) -> Result<Answer<PageView<GroupMemberView>>, Problem> {
    let filter = group.to_string();
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), &filter)?;
    let members = kernel.list_group_members(&request, group, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, members)?))
}
