//! Saying where a product may be used.

use axum::extract::State;
use guildhall_core::{ProductId, WorkspaceId};
use guildhall_kernel::{Kernel, SetAvailability};
use guildhall_products::OfferKind;
use serde::Deserialize;
use utoipa::ToSchema;

use super::find_availability::AvailabilityView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Fault, Problem, Problems},
};

/// Where a product is to be used: `available` from inside a workspace, `offer` from the System space.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AvailabilityPut {
    /// Whether this workspace wants the product.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = bool, required = false)]
    available: Option<bool>,
    /// To whom the System space offers its product.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = OfferKind, required = false)]
    offer: Option<OfferKind>,
    /// The workspaces of a `LIST`.
    #[serde(default)]
    #[schema(max_items = 1000)]
    workspace_ids: Option<Vec<WorkspaceId>>,
}

impl TryFrom<AvailabilityPut> for SetAvailability {
    type Error = Problem;

    fn try_from(put: AvailabilityPut) -> Result<Self, Problem> {
        let workspaces = put.workspace_ids.unwrap_or_default();
        match (put.available, put.offer) {
            (Some(available), None) if workspaces.is_empty() => Ok(Self::Switch { available }),
            (None, Some(kind)) => Ok(Self::Offer { kind, workspaces }),
            (Some(_) | None, Some(_) | None) => {
                let detail =
                    "must have either `available` or `offer`, and `workspace_ids` beside `offer` alone";
                Err(Problem::invalid_request(vec![Fault {
                    pointer: String::new(),
                    detail: detail.to_owned(),
                }]))
            }
        }
    }
}

/// Say where a product may be used
///
/// A workspace switches its own product, or one that is offered to it, on or off for itself. The System space offers its
/// products to all workspaces, to a list or to none.
#[utoipa::path(
    put,
    path = "/products/{product_id}/availability",
    tag = "products",
    params(("product_id" = Uuid, Path)),
    request_body = AvailabilityPut,
    responses((status = 200, body = AvailabilityView), Problems)
)]
pub async fn replace_product_availability(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProductId>,
    Json(put): Json<AvailabilityPut>,
) -> Result<Answer<AvailabilityView>, Problem> {
    let outcome = kernel.replace_product_availability(&request, id, put.try_into()?).await?;
    Ok(Answer::done(outcome.map(AvailabilityView::from)))
}
