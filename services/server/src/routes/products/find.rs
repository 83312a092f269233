//! Reading a product.

use axum::extract::State;
use guildhall_core::ProductId;
use guildhall_kernel::Kernel;

use super::view::ProductView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a product
#[utoipa::path(
    get,
    path = "/products/{product_id}",
    tag = "products",
    params(("product_id" = Uuid, Path)),
    responses((status = 200, body = ProductView), Problems)
)]
pub async fn find_product(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProductId>,
) -> Result<Answer<ProductView>, Problem> {
    let shown = kernel.find_product(&request, id).await?;
    let version = shown.product.version;
    Ok(Answer::of(ProductView::from(shown)).tagged(version))
}
