//! The platform's users, for platform admins on the base domain.

mod find;
mod list;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_users))
        .routes(routes!(find::find_user, update::update_user))
}
