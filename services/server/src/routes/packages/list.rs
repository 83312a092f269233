//! Listing packages.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::PackageView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of the packages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PackagesQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List packages
///
/// In the order in which they were uploaded: in System all of its own; in a workspace its own, and those of System's that may be
/// deployed into workspaces and are delegated to it.
#[utoipa::path(
    get,
    path = "/packages",
    tag = "packages",
    params(PackagesQuery),
    responses((status = 200, body = PageView<PackageView>), Problems)
)]
pub async fn list_packages(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<PackagesQuery>,
) -> Result<Answer<PageView<PackageView>>, Problem> {
    let asked = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let found = kernel.list_packages(&request, &asked).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", found)?))
}
