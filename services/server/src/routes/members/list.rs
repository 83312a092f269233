//! Listing members.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::MemberView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of the directory.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MembersQuery {
    /// How many at most: 1 to 200, 50 when it is absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the members
///
/// The directory of the workspace; external members have none.
#[utoipa::path(
    get,
    path = "/members",
    tag = "members",
    params(MembersQuery),
    responses((status = 200, body = PageView<MemberView>), Problems)
)]
pub async fn list_members(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<MembersQuery>,
) -> Result<Answer<PageView<MemberView>>, Problem> {
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let members = kernel.list_members(&request, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", members)?))
}
