//! Registering a product.

use axum::extract::State;
use guildhall_core::{Name, Text};
use guildhall_kernel::Kernel;
use guildhall_products::CreateProduct;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ProductView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A product to register.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductPost {
    /// Its name.
    name: Name,
    /// What it is for.
    description: Option<Text>,
    /// The shelf of the marketplace that it stands on.
    category: Option<Name>,
    /// The team or vendor that answers for it.
    owner: Option<Name>,
}

/// Register a product
///
/// It lives in this workspace, or in the System space, and can be used once a version of it is published.
#[utoipa::path(
    post,
    path = "/products",
    tag = "products",
    request_body = ProductPost,
    responses((status = 201, body = ProductView), Problems)
)]
pub async fn create_product(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<ProductPost>,
) -> Result<Answer<ProductView>, Problem> {
    let command = CreateProduct {
        name: post.name,
        description: post.description,
        category: post.category,
        owner: post.owner,
    };
    let outcome = kernel.create_product(&request, command).await?;
    let version = outcome.get().product.version;
    Ok(Answer::created(outcome.map(ProductView::from)).tagged(version))
}
