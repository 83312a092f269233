//! The platform's workspaces, for platform admins on the base domain.

mod archive;
mod create;
mod find;
mod list;
mod name_admin;
mod resume;
mod suspend;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_workspaces, create::create_workspace))
        .routes(routes!(find::find_any_workspace, update::rename_workspace))
        .routes(routes!(suspend::suspend_workspace))
        .routes(routes!(resume::resume_workspace))
        .routes(routes!(archive::archive_workspace))
        .routes(routes!(name_admin::name_workspace_admin))
}
