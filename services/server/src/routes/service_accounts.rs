//! Service accounts.

mod create;
mod delete;
mod list;
mod rotate;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_service_accounts, create::create_service_account))
        .routes(routes!(delete::delete_service_account))
        .routes(routes!(rotate::rotate_service_account))
}
