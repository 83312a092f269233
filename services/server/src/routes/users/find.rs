//! Reading a user.

use axum::extract::State;
use guildhall_core::UserId;
use guildhall_kernel::Kernel;

use super::view::{self, PlatformUserView};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a user of the platform
#[utoipa::path(
    get,
    path = "/users/{user_id}",
    tag = "platform",
    params(("user_id" = Uuid, Path)),
    responses((status = 200, body = PlatformUserView), Problems)
)]
pub async fn find_user(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<UserId>,
) -> Result<Answer<PlatformUserView>, Problem> {
    Ok(view::answer(kernel.find_user(&request, id).await?))
}
