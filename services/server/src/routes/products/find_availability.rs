//! Reading where a product may be used.

use axum::extract::State;
use guildhall_core::{PermissionCode, ProductId, WorkspaceId};
use guildhall_kernel::{AvailabilityShown, Kernel};
use guildhall_products::OfferKind;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Where a product may be used.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AvailabilityView {
    /// Whether it may be used here once it is published.
    pub available: bool,
    /// To whom it is offered; in the System space alone.
    pub offer: Option<OfferKind>,
    /// The workspaces that a `LIST` names; in the System space alone.
    pub workspace_ids: Option<Vec<WorkspaceId>>,
    /// What the reader may do with the product.
    pub permissions: Vec<PermissionCode>,
}

impl From<AvailabilityShown> for AvailabilityView {
    fn from(shown: AvailabilityShown) -> Self {
        let AvailabilityShown { available, offer, permissions } = shown;
        Self {
            available,
            offer: offer.as_ref().map(guildhall_products::Offer::kind),
            workspace_ids: offer.map(|offer| offer.workspaces().to_vec()),
            permissions,
        }
    }
}

/// Read where a product may be used
#[utoipa::path(
    get,
    path = "/products/{product_id}/availability",
    tag = "products",
    params(("product_id" = Uuid, Path)),
    responses((status = 200, body = AvailabilityView), Problems)
)]
pub async fn find_product_availability(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProductId>,
) -> Result<Answer<AvailabilityView>, Problem> {
    Ok(Answer::of(kernel.find_product_availability(&request, id).await?.into()))
}
