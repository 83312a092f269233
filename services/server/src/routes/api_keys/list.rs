//! Listing one's own API keys.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::ApiKeyView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which part of one's own API keys.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApiKeysQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List one's own API keys
///
/// Those for this workspace, in the order of their making.
#[utoipa::path(
    get,
    path = "/api-keys",
    tag = "api-keys",
    params(ApiKeysQuery),
    responses((status = 200, body = PageView<ApiKeyView>), Problems)
)]
pub async fn list_api_keys(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<ApiKeysQuery>,
) -> Result<Answer<PageView<ApiKeyView>>, Problem> {
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let found = kernel.list_api_keys(&request, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", found)?))
}
