//! Reading a version of a product.

use axum::extract::State;
use guildhall_core::{ProductId, ProductVersionId};
use guildhall_kernel::Kernel;

use super::version_view::ProductVersionView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a version of a product
#[utoipa::path(
    get,
    path = "/products/{product_id}/versions/{version_id}",
    tag = "products",
    params(("product_id" = Uuid, Path), ("version_id" = Uuid, Path)),
    responses((status = 200, body = ProductVersionView), Problems)
)]
pub async fn find_product_version(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((product, id)): Path<(ProductId, ProductVersionId)>,
) -> Result<Answer<ProductVersionView>, Problem> {
    let shown = kernel.find_product_version(&request, product, id).await?;
    let version = shown.version.version;
    Ok(Answer::of(ProductVersionView::from(shown)).tagged(version))
}
