//! Meta roles: what products map their own roles to.

mod create;
mod delete;
mod find;
mod list;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(list::list_meta_roles, create::create_meta_role)).routes(routes!(
        find::find_meta_role,
        update::update_meta_role,
        delete::delete_meta_role
    ))
}
