//! The activity feed of a project.

mod list;
mod view;

pub use view::{EventChangeView, EventSubjectView};

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(list::list_activity))
}
