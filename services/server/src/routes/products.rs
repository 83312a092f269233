//! The product catalogue.

mod create;
mod create_version;
mod find;
mod find_availability;
mod find_mapping;
mod find_version;
mod list;
mod list_compatible;
mod list_versions;
mod publish_version;
mod replace_availability;
mod replace_mapping;
mod retire_version;
mod update;
mod update_version;
mod version_view;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_products, create::create_product))
        .routes(routes!(find::find_product, update::update_product))
        .routes(routes!(list_versions::list_product_versions, create_version::create_product_version))
        .routes(routes!(find_version::find_product_version, update_version::update_product_version))
        .routes(routes!(publish_version::publish_product_version))
        .routes(routes!(retire_version::retire_product_version))
        .routes(routes!(
            find_availability::find_product_availability,
            replace_availability::replace_product_availability
        ))
        .routes(routes!(find_mapping::find_product_mapping, replace_mapping::replace_product_mapping))
        .routes(routes!(list_compatible::list_compatible_products))
}
