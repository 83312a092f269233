//! Taking a package away.

use axum::extract::State;
use guildhall_artifacts::UndeployMode;
use guildhall_core::{PackageVersionId, WorkspaceId};
use guildhall_kernel::{Kernel, UndeployPackage};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::plan_view::UndeployPlanView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path, Query},
    problem::{Problem, Problems},
};

/// Where a package is to be taken away, and what is done about what uses it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageUndeployPost {
    /// From System: the one workspace. Else it is the caller's space.
    #[serde(default)]
    workspace_id: Option<WorkspaceId>,
    /// `BLOCK` refuses while anything uses it; `ARCHIVE` puts overrides away with it; `FORCE` leaves them with nothing below.
    #[serde(default)]
    mode: UndeployMode,
}

/// Whether to try only.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UndeployQuery {
    /// Whether to answer what would happen, and change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackageUndeployedView {
    /// What was done, or would be; `null` for a repeated request.
    pub plan: Option<UndeployPlanView>,
}

/// Take a package away
///
/// Whichever version is deployed. 409 `in_use` lists what uses it.
#[utoipa::path(
    post,
    path = "/packages/{package_id}/undeploy",
    tag = "packages",
    params(("package_id" = Uuid, Path), UndeployQuery),
    request_body = PackageUndeployPost,
    responses((status = 200, body = PackageUndeployedView), Problems)
)]
pub async fn undeploy_package(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<PackageVersionId>,
    Query(query): Query<UndeployQuery>,
    Json(body): Json<PackageUndeployPost>,
) -> Result<Answer<PackageUndeployedView>, Problem> {
    let PackageUndeployPost { workspace_id: target, mode } = body;
    if query.dry_run {
        let plan = kernel.plan_undeploy_package(&request, id, target).await?;
        return Ok(Answer::of(PackageUndeployedView { plan: Some(plan.into()) }));
    }
    let outcome = kernel.undeploy_package(&request, UndeployPackage { id, target, mode }).await?;
    Ok(Answer::done(outcome.map(|plan| PackageUndeployedView { plan: plan.map(UndeployPlanView::from) })))
}
