//! Projects.

mod create;
mod find;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use view::ProjectView;

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(create::create_project)).routes(routes!(find::find_project))
}
