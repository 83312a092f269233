//! Taking another address.

use axum::{extract::State, http::StatusCode};
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// The token of the link that was mailed to the new address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailPost {
    /// The token.
    #[schema(min_length = 1, max_length = 200)]
    token: String,
}

/// Take another address to sign in with
///
/// The user who asked for it is signed in. All other sessions end.
#[utoipa::path(
    post,
    path = "/me/email/complete",
    tag = "me",
    request_body = EmailPost,
    responses((status = 204), Problems)
)]
pub async fn complete_email_change(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<EmailPost>,
) -> Result<StatusCode, Problem> {
    kernel.complete_email_change(&request, &post.token).await?;
    Ok(StatusCode::NO_CONTENT)
}
