//! Planning what deploying a package would do.

use axum::extract::State;
use guildhall_core::{PackageVersionId, WorkspaceId};
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::plan_view::PlanView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// Where a package is to be deployed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackagePlanPost {
    /// From System: the one workspace. Else it is the caller's space.
    #[serde(default)]
    workspace_id: Option<WorkspaceId>,
}

/// Plan deploying a package
///
/// What would be added, changed and removed, what is missing, and how overrides would stand. The answer's `hash` is what deploying
/// takes: it holds as long as nothing of this changes.
#[utoipa::path(
    post,
    path = "/packages/{package_id}/plan",
    tag = "packages",
    params(("package_id" = Uuid, Path)),
    request_body = PackagePlanPost,
    responses((status = 200, body = PlanView), Problems)
)]
pub async fn plan_package(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<PackageVersionId>,
    Json(body): Json<PackagePlanPost>,
) -> Result<Answer<PlanView>, Problem> {
    Ok(Answer::of(kernel.plan_package(&request, id, body.workspace_id).await?.into()))
}
