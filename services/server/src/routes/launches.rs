//! Launching products, and redeeming launches.

mod create;
mod create_token;
mod redeem;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(create::create_launch))
        .routes(routes!(create_token::create_launch_token))
        .routes(routes!(redeem::redeem_launch))
}
