//! Disabling a user, and letting him in again.

use axum::extract::State;
use guildhall_core::UserId;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{self, PlatformUserView};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// What a platform admin changes of a user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlatformUserPatch {
    /// Whether the platform lets him in.
    active: bool,
}

/// Disable a user, or let him in again
///
/// Disabling ends his sessions and tokens at once. The last platform admin stays (`last_platform_admin`).
#[utoipa::path(
    patch,
    path = "/users/{user_id}",
    tag = "platform",
    params(("user_id" = Uuid, Path)),
    request_body = PlatformUserPatch,
    responses((status = 200, body = PlatformUserView), Problems)
)]
pub async fn update_user(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<UserId>,
    Json(patch): Json<PlatformUserPatch>,
) -> Result<Answer<PlatformUserView>, Problem> {
    Ok(view::answer(kernel.update_user(&request, id, patch.active).await?))
}
