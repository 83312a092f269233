//! Saying which workspaces are entitled to a package of System's.

use std::collections::BTreeSet;

use axum::extract::State;
use guildhall_artifacts::{PackageId, PackageOffer};
use guildhall_core::{PackageVersionId, WorkspaceId};
use guildhall_kernel::{Kernel, OfferShown};
use guildhall_products::OfferKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Fault, Problem, Problems},
};

/// Which workspaces are to be entitled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageEntitlementPut {
    /// All, a list, or none.
    offer: OfferKind,
    /// The workspaces of a `LIST`.
    #[serde(default)]
    #[schema(max_items = 1000)]
    workspace_ids: Vec<WorkspaceId>,
}

/// Which workspaces are entitled.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackageEntitlementView {
    /// The package.
    pub package: PackageId,
    /// All, a list, or none.
    pub offer: OfferKind,
    /// The workspaces of a `LIST`.
    pub workspace_ids: Vec<WorkspaceId>,
}

impl From<OfferShown> for PackageEntitlementView {
    fn from(shown: OfferShown) -> Self {
        let OfferShown { package, offer } = shown;
        let (offer, ids) = match offer {
            PackageOffer::All => (OfferKind::All, BTreeSet::new()),
            PackageOffer::List(ids) => (OfferKind::List, ids),
            PackageOffer::None => (OfferKind::None, BTreeSet::new()),
        };
        Self { package, offer, workspace_ids: ids.into_iter().collect() }
    }
}

impl TryFrom<PackageEntitlementPut> for PackageOffer {
    type Error = Problem;

    fn try_from(put: PackageEntitlementPut) -> Result<Self, Problem> {
        let PackageEntitlementPut { offer, workspace_ids } = put;
        match offer {
            OfferKind::List if !workspace_ids.is_empty() => {
                Ok(Self::List(workspace_ids.into_iter().collect()))
            }
            OfferKind::All if workspace_ids.is_empty() => Ok(Self::All),
            OfferKind::None if workspace_ids.is_empty() => Ok(Self::None),
            OfferKind::All | OfferKind::List | OfferKind::None => {
                let detail =
                    "names the workspaces of a `LIST`, and is left out with `ALL` and `NONE`".to_owned();
                let pointer = "/workspace_ids".to_owned();
                Err(Problem::invalid_request(vec![Fault { pointer, detail }]))
            }
        }
    }
}

/// Show which workspaces are entitled to a package
#[utoipa::path(
    get,
    path = "/packages/{package_id}/entitlement",
    tag = "packages",
    params(("package_id" = Uuid, Path)),
    responses((status = 200, body = PackageEntitlementView), Problems)
)]
pub async fn find_package_entitlement(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<PackageVersionId>,
) -> Result<Answer<PackageEntitlementView>, Problem> {
    Ok(Answer::of(kernel.find_package_offer(&request, id).await?.into()))
}

/// Say which workspaces are entitled to a package
///
/// To what System has deployed of it, in whichever version. Who is not entitled finds nothing of it.
#[utoipa::path(
    put,
    path = "/packages/{package_id}/entitlement",
    tag = "packages",
    params(("package_id" = Uuid, Path)),
    request_body = PackageEntitlementPut,
    responses((status = 200, body = PackageEntitlementView), Problems)
)]
pub async fn replace_package_entitlement(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<PackageVersionId>,
    Json(put): Json<PackageEntitlementPut>,
) -> Result<Answer<PackageEntitlementView>, Problem> {
    let outcome = kernel.replace_package_offer(&request, id, put.try_into()?).await?;
    Ok(Answer::done(outcome.map(PackageEntitlementView::from)))
}
