//! Members of a project.

mod add;
mod list;
mod remove;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_project_members, add::add_project_member))
        .routes(routes!(update::update_project_member, remove::remove_project_member))
}
