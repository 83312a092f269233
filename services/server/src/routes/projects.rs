//! Projects.

mod archive;
mod create;
mod find;
mod list;
mod purge;
mod restore;
mod transfer;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use view::{ProgressView, ProjectView};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_projects, create::create_project))
        .routes(routes!(find::find_project, update::update_project))
        .routes(routes!(archive::archive_project))
        .routes(routes!(purge::purge_project))
        .routes(routes!(transfer::transfer_project))
        .routes(routes!(restore::restore_project))
}
