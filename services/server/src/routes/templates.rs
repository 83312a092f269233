//! Workflow templates: what projects are made from.

mod delete;
mod find;
mod list;
mod save;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_templates))
        .routes(routes!(find::find_template, update::update_template, delete::delete_template))
        .routes(routes!(save::save_as_template))
}
