//! Removing a meta role.

use axum::{extract::State, http::StatusCode};
use guildhall_core::MetaRoleId;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Remove a meta role
///
/// On the base domain, by platform admins, once no mapping and no member of a project has it.
#[utoipa::path(
    delete,
    path = "/meta-roles/{meta_role_id}",
    tag = "meta roles",
    params(("meta_role_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn delete_meta_role(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<MetaRoleId>,
) -> Result<StatusCode, Problem> {
    kernel.delete_meta_role(&request, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
