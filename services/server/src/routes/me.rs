//! The signed-in user himself.

mod find;
mod list_workspaces;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(find::find_me, update::update_me))
        .routes(routes!(list_workspaces::list_my_workspaces))
}
