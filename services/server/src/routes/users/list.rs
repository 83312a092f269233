//! Listing users.

use axum::extract::State;
use guildhall_core::Name;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::PlatformUserView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which users, and which part of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// Only those whose name or address contains this.
    q: Option<Name>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the platform's users
///
/// For platform admins, on the base domain.
#[utoipa::path(
    get,
    path = "/users",
    tag = "platform",
    params(UsersQuery),
    responses((status = 200, body = PageView<PlatformUserView>), Problems)
)]
pub async fn list_users(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<UsersQuery>,
) -> Result<Answer<PageView<PlatformUserView>>, Problem> {
    let UsersQuery { q, limit, cursor } = query;
    let filter = format!("{q:?}");
    let page = page::requested(&kernel, &request, limit, cursor.as_deref(), &filter)?;
    let found = kernel.list_users(&request, q.as_ref(), &page).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
