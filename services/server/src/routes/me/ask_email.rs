//! Asking for another address.

use axum::{extract::State, http::StatusCode};
use guildhall_core::Email;
use guildhall_identity::Password;
use guildhall_kernel::{AskEmailChange, Kernel};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    extract::{Asked, Json},
    layer::proxy::ClientAddress,
    problem::{Limited, Problem, Problems},
};

/// A new address beside the password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailPut {
    /// The address to sign in with from then on.
    email: Email,
    /// The password of the account.
    password: Password,
}

/// Ask for another address to sign in with
///
/// A link goes to the new address by mail, and word of it to the old one. Nothing is changed until the link's token is sent to
/// `/me/email/complete`. A wrong password counts like one at signing in. Where no mail goes out this is 422 `mail_off`.
#[utoipa::path(
    put,
    path = "/me/email",
    tag = "me",
    request_body = EmailPut,
    responses(
        (status = 202, description = "A link is on its way."),
        Limited,
        Problems
    )
)]
pub async fn ask_email_change(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    ClientAddress(address): ClientAddress,
    Json(put): Json<EmailPut>,
) -> Result<StatusCode, Problem> {
    let command = AskEmailChange { email: put.email, password: put.password, address };
    kernel.ask_email_change(&request, command).await?;
    Ok(StatusCode::ACCEPTED)
}
