//! Reading a role.

use axum::extract::State;
use guildhall_core::RoleId;
use guildhall_kernel::Kernel;

use super::view::{self, RoleView};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a role
#[utoipa::path(
    get,
    path = "/roles/{role_id}",
    tag = "roles",
    params(("role_id" = Uuid, Path)),
    responses((status = 200, body = RoleView), Problems)
)]
pub async fn find_role(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<RoleId>,
) -> Result<Answer<RoleView>, Problem> {
    Ok(view::answer(kernel.find_role(&request, id).await?))
}
