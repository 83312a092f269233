//! Listing a product's versions.

use axum::extract::State;
use guildhall_core::ProductId;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::version_view::ProductVersionView;
use crate::{
    answer::Answer,
    extract::{Asked, Path, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of a product's versions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductVersionsQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List a product's versions
///
/// In the order of their making. Drafts are seen by who may publish them.
#[utoipa::path(
    get,
    path = "/products/{product_id}/versions",
    tag = "products",
    params(("product_id" = Uuid, Path), ProductVersionsQuery),
    responses((status = 200, body = PageView<ProductVersionView>), Problems)
)]
pub async fn list_product_versions(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(product): Path<ProductId>,
    Query(query): Query<ProductVersionsQuery>,
) -> Result<Answer<PageView<ProductVersionView>>, Problem> {
    let filter = product.to_string();
    let asked = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), &filter)?;
    let found = kernel.list_product_versions(&request, product, &asked).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
