//! Tokens for a product that runs.

use axum::extract::State;
use guildhall_core::LaunchId;
use guildhall_kernel::Kernel;

use super::view::LaunchTokenView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Get a product token
///
/// For the user who launched, as long as he may still launch it there and the session in which he did lasts. It is what
/// the shell hands to the product as `osApi.getAccessToken()`.
#[utoipa::path(
    post,
    path = "/launches/{launch_id}/token",
    tag = "launches",
    params(("launch_id" = Uuid, Path, description = "The launch.")),
    responses((status = 200, body = LaunchTokenView), Problems)
)]
pub async fn create_launch_token(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<LaunchId>,
) -> Result<Answer<LaunchTokenView>, Problem> {
    let token = kernel.create_launch_token(&request, id).await?;
    Ok(Answer::of(token.into()).secret())
}
