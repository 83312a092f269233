//! The hierarchy: clients, markets and brands.

mod archive;
mod create;
mod find;
mod import;
mod plan_view;
mod read;
mod relocate;
mod restore;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(read::read_hierarchy))
        .routes(routes!(create::create_node))
        .routes(routes!(import::import_hierarchy))
        .routes(routes!(find::find_node, update::update_node, archive::archive_node))
        .routes(routes!(relocate::move_node))
        .routes(routes!(restore::restore_node))
}
