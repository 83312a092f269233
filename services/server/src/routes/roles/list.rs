//! Listing roles.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::RoleView;
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
pub struct RolesQuery {
    /// How many at most: 1 to 200, 50 when it is absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the roles
///
/// The platform's first, then the workspace's own, then those of the products that are available here. For those who read,
/// grant or manage roles.
#[utoipa::path(
    get,
    path = "/roles",
    tag = "roles",
    params(RolesQuery),
    responses((status = 200, body = PageView<RoleView>), Problems)
)]
pub async fn list_roles(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<RolesQuery>,
) -> Result<Answer<PageView<RoleView>>, Problem> {
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let roles = kernel.list_roles(&request, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", roles)?))
}
