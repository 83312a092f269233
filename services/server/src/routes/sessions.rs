//! Sessions behind a cookie.

mod create;
mod delete;
mod find;
mod switch;
mod view;

pub use view::SessionView;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(create::create_session))
        .routes(routes!(switch::switch_workspace))
        .routes(routes!(find::find_session, delete::delete_session))
}
