//! Asking for a new password.

use axum::{extract::State, http::StatusCode};
use guildhall_core::Email;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    extract::{Json, Visitor},
    problem::{Limited, Problem, Problems},
};

/// Whose password is lost.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordResetAsk {
    /// The address that the account signs in with.
    email: Email,
}

/// Ask for a new password
///
/// A link goes to the address by mail, where it has an account; the answer is the same where it has none. The link is good once,
/// for an hour. Where no mail goes out this is 422 `mail_off`: the operator gives a new password.
#[utoipa::path(
    post,
    path = "/password-resets",
    tag = "password-resets",
    security(()),
    request_body = PasswordResetAsk,
    responses(
        (status = 202, description = "A link is on its way, where the address has an account."),
        Limited,
        Problems
    )
)]
pub async fn ask_password_reset(
    State(kernel): State<Kernel>,
    visitor: Visitor,
    Json(ask): Json<PasswordResetAsk>,
) -> Result<StatusCode, Problem> {
    kernel.ask_password_reset(ask.email, visitor.address)?;
    Ok(StatusCode::ACCEPTED)
}
