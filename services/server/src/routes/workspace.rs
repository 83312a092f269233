//! The caller's workspace itself.

mod find;
mod update;
mod view;

pub use view::SettingsView;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(find::find_workspace, update::update_workspace))
}
