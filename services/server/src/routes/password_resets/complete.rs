//! Setting a new password with the link's token.

use axum::{extract::State, http::StatusCode};
use guildhall_identity::Password;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    extract::{Json, Visitor},
    problem::{Problem, Problems},
};

/// The link's token and the new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordResetPost {
    /// The token of the link.
    #[schema(min_length = 1, max_length = 200)]
    token: String,
    /// The new password.
    password: Password,
}

/// Set a new password with the link's token
///
/// The token is good once and for an hour. All sessions end.
#[utoipa::path(
    post,
    path = "/password-resets/complete",
    tag = "password-resets",
    security(()),
    request_body = PasswordResetPost,
    responses((status = 204), Problems)
)]
pub async fn complete_password_reset(
    State(kernel): State<Kernel>,
    _visitor: Visitor,
    Json(post): Json<PasswordResetPost>,
) -> Result<StatusCode, Problem> {
    kernel.complete_password_reset(&post.token, &post.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
