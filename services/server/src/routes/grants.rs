//! Grants: roles that people, groups and machines hold on accounts.

mod create;
mod delete;
mod find;
mod list;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(list::list_grants, create::create_grant)).routes(routes!(
        find::find_grant,
        update::update_grant,
        delete::delete_grant
    ))
}
