//! Listing products.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::ProductView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of the products.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductsQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List products
///
/// By name: those that are available here and that the caller may see; for who could publish or switch them on, the others
/// too.
#[utoipa::path(
    get,
    path = "/products",
    tag = "products",
    params(ProductsQuery),
    responses((status = 200, body = PageView<ProductView>), Problems)
)]
pub async fn list_products(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<ProductsQuery>,
) -> Result<Answer<PageView<ProductView>>, Problem> {
    let asked = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let found = kernel.list_products(&request, &asked).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", found)?))
}
