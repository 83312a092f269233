//! Changing what is said about a product.

use axum::extract::State;
use guildhall_core::{Name, ProductId, Text};
use guildhall_kernel::Kernel;
use guildhall_products::UpdateProduct;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ProductView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of a product; `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductPatch {
    /// Its name.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// What it is for.
    #[serde(default, deserialize_with = "nullable")]
    description: Option<Option<Text>>,
    /// The shelf of the marketplace that it stands on.
    #[serde(default, deserialize_with = "nullable")]
    category: Option<Option<Name>>,
    /// The team or vendor that answers for it.
    #[serde(default, deserialize_with = "nullable")]
    owner: Option<Option<Name>>,
}

/// Change a product
///
/// In the space that it lives in.
#[utoipa::path(
    patch,
    path = "/products/{product_id}",
    tag = "products",
    params(("product_id" = Uuid, Path)),
    request_body = ProductPatch,
    responses((status = 200, body = ProductView), Problems)
)]
pub async fn update_product(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProductId>,
    Json(patch): Json<ProductPatch>,
) -> Result<Answer<ProductView>, Problem> {
    let patch = UpdateProduct {
        name: patch.name,
        description: patch.description,
        category: patch.category,
        owner: patch.owner,
    };
    let outcome = kernel.update_product(&request, id, patch).await?;
    let version = outcome.get().product.version;
    Ok(Answer::done(outcome.map(ProductView::from)).tagged(version))
}
