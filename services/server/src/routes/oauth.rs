//! The token endpoint (RFC 6749), with its own shape of errors (5.2).

mod error;
mod token;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(token::create_token))
}
