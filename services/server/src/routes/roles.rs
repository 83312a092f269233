//! Roles: the platform's, the products', and the workspace's own.

mod create;
mod delete;
mod find;
mod list;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(list::list_roles, create::create_role)).routes(routes!(
        find::find_role,
        update::update_role,
        delete::delete_role
    ))
}
