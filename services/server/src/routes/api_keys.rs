//! A user's own API keys.

mod create;
mod delete;
mod list;
mod rotate;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_api_keys, create::create_api_key))
        .routes(routes!(delete::delete_api_key))
        .routes(routes!(rotate::rotate_api_key))
}
