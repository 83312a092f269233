//! Deploying a package.

use axum::extract::State;
use guildhall_core::{PackageVersionId, WorkspaceId};
use guildhall_kernel::{DeployPackage, Kernel, PackageDeployed};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{plan_view::PlanView, view::DeploymentView};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// What is to be deployed, and where.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageDeployPost {
    /// The `hash` of the plan.
    #[schema(max_length = 64)]
    plan_hash: String,
    /// From System: the one workspace. Else it is the caller's space.
    #[serde(default)]
    workspace_id: Option<WorkspaceId>,
    /// From System into System: whether overrides of what changes are put away, so that every workspace has the new content at
    /// once. Their admins are told.
    #[serde(default)]
    security_update: bool,
}

/// What came of deploying.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackageDeployedView {
    /// What is deployed now.
    pub deployment: DeploymentView,
    /// What was done; `null` where this very version was deployed already.
    pub plan: Option<PlanView>,
    /// How many overrides were put away.
    pub archived: usize,
}

impl From<PackageDeployed> for PackageDeployedView {
    fn from(deployed: PackageDeployed) -> Self {
        let PackageDeployed { deployment, plan, archived } = deployed;
        Self { deployment: deployment.into(), plan: plan.map(PlanView::from), archived }
    }
}

/// Deploy a package
///
/// All of it at once, or nothing: 409 `plan_stale` where the world is no longer the one that was planned for, 409
/// `dependency_unmet` where something is missing. Deploying activates nothing. An earlier version is deployed like any other.
#[utoipa::path(
    post,
    path = "/packages/{package_id}/deploy",
    tag = "packages",
    params(("package_id" = Uuid, Path)),
    request_body = PackageDeployPost,
    responses((status = 200, body = PackageDeployedView), Problems)
)]
pub async fn deploy_package(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<PackageVersionId>,
    Json(body): Json<PackageDeployPost>,
) -> Result<Answer<PackageDeployedView>, Problem> {
    let PackageDeployPost { plan_hash, workspace_id: target, security_update } = body;
    let command = DeployPackage { id, target, plan_hash, security_update };
    let outcome = kernel.deploy_package(&request, command).await?;
    Ok(Answer::done(outcome.map(PackageDeployedView::from)))
}
