//! Listing meta roles.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::MetaRoleView;
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
pub struct MetaRolesQuery {
    /// How many at most: 1 to 200, 50 when it is absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the meta roles
///
/// By code. Whoever is signed in reads them: products map their roles to them.
#[utoipa::path(
    get,
    path = "/meta-roles",
    tag = "meta roles",
    params(MetaRolesQuery),
    responses((status = 200, body = PageView<MetaRoleView>), Problems)
)]
pub async fn list_meta_roles(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<MetaRolesQuery>,
) -> Result<Answer<PageView<MetaRoleView>>, Problem> {
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let meta_roles = kernel.list_meta_roles(&request, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", meta_roles)?))
}
