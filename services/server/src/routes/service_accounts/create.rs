//! Making a service account.

use axum::extract::State;
use guildhall_core::{Name, ProductId};
use guildhall_identity::ServiceAccountKind;
use guildhall_kernel::{CreateServiceAccount, Kernel, Outcome};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ServiceAccountSecretView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A service account to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceAccountPost {
    /// What people call it.
    name: Name,
    /// What it is for.
    kind: ServiceAccountKind,
    /// The product of a `PRODUCT` account, and of no other.
    product_id: Option<ProductId>,
}

/// Make a service account
///
/// Its client secret is in this answer alone. One of a product is made in the space that the product lives in.
#[utoipa::path(
    post,
    path = "/service-accounts",
    tag = "service-accounts",
    request_body = ServiceAccountPost,
    responses((status = 201, body = ServiceAccountSecretView), Problems)
)]
pub async fn create_service_account(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<ServiceAccountPost>,
) -> Result<Answer<ServiceAccountSecretView>, Problem> {
    let command = CreateServiceAccount { name: post.name, kind: post.kind, product_id: post.product_id };
    let made = kernel.create_service_account(&request, command).await?;
    Ok(Answer::created(Outcome::Done(made.into())).secret())
}
