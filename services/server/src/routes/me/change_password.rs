//! Changing one's own password.

use axum::{extract::State, http::StatusCode};
use guildhall_identity::Password;
use guildhall_kernel::{ChangePassword, Kernel};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    extract::{Asked, Json},
    layer::proxy::ClientAddress,
    problem::{Limited, Problem, Problems},
};

/// A new password beside the old one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordPut {
    /// The password that he has.
    current_password: Password,
    /// The one that he wants.
    new_password: Password,
}

/// Change one's own password
///
/// All other sessions end. A wrong password counts like one at signing in.
#[utoipa::path(
    put,
    path = "/me/password",
    tag = "me",
    request_body = PasswordPut,
    responses(
        (status = 204),
        Limited,
        Problems
    )
)]
pub async fn change_password(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    ClientAddress(address): ClientAddress,
    Json(put): Json<PasswordPut>,
) -> Result<StatusCode, Problem> {
    let command = ChangePassword { current: put.current_password, new: put.new_password, address };
    kernel.change_password(&request, command).await?;
    Ok(StatusCode::NO_CONTENT)
}
