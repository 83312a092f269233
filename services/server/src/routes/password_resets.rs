//! New passwords for those who have lost theirs.

mod ask;
mod complete;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(ask::ask_password_reset))
        .routes(routes!(complete::complete_password_reset))
}
