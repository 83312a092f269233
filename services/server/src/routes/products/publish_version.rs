//! Putting a version of a product into use.

use axum::extract::State;
use guildhall_core::{ProductId, ProductVersionId};
use guildhall_kernel::Kernel;

use super::version_view::ProductVersionView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Publish a version of a product
///
/// Its roles' meta roles become the product's mapping, which may be changed afterwards.
#[utoipa::path(
    post,
    path = "/products/{product_id}/versions/{version_id}/publish",
    tag = "products",
    params(("product_id" = Uuid, Path), ("version_id" = Uuid, Path)),
    responses((status = 200, body = ProductVersionView), Problems)
)]
pub async fn publish_product_version(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((product, id)): Path<(ProductId, ProductVersionId)>,
) -> Result<Answer<ProductVersionView>, Problem> {
    let outcome = kernel.publish_product_version(&request, product, id).await?;
    let version = outcome.get().version.version;
    Ok(Answer::done(outcome.map(ProductVersionView::from)).tagged(version))
}
