//! Listing service accounts.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::ServiceAccountView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of the service accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ServiceAccountsQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List service accounts
///
/// Those that the caller may manage, in the order of their making.
#[utoipa::path(
    get,
    path = "/service-accounts",
    tag = "service-accounts",
    params(ServiceAccountsQuery),
    responses((status = 200, body = PageView<ServiceAccountView>), Problems)
)]
pub async fn list_service_accounts(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<ServiceAccountsQuery>,
) -> Result<Answer<PageView<ServiceAccountView>>, Problem> {
    let asked = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let found = kernel.list_service_accounts(&request, &asked).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", found)?))
}
