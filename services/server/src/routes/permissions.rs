//! Questions about permissions.

mod explain;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(explain::explain_permission))
}
