//! Showing a package.

use axum::extract::State;
use guildhall_core::PackageVersionId;
use guildhall_kernel::Kernel;

use super::view::PackageView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Show an uploaded package
#[utoipa::path(
    get,
    path = "/packages/{package_id}",
    tag = "packages",
    params(("package_id" = Uuid, Path)),
    responses((status = 200, body = PackageView), Problems)
)]
pub async fn find_package(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<PackageVersionId>,
) -> Result<Answer<PackageView>, Problem> {
    Ok(Answer::of(kernel.find_package(&request, id).await?.into()))
}
