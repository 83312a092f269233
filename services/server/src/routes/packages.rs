//! Packages: artifacts that are shipped together.

mod delegation;
mod deploy;
mod find;
mod list;
mod offer;
mod plan;
mod plan_view;
mod undeploy;
mod upload;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_packages, upload::upload_package))
        .routes(routes!(find::find_package))
        .routes(routes!(plan::plan_package))
        .routes(routes!(deploy::deploy_package))
        .routes(routes!(undeploy::undeploy_package))
        .routes(routes!(offer::find_package_entitlement, offer::replace_package_entitlement))
        .routes(routes!(delegation::find_package_delegation, delegation::replace_package_delegation))
}
