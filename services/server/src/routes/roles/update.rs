//! Changing a role of the workspace's own.

use axum::extract::State;
use guildhall_authz::SpelledPermission;
use guildhall_core::{Name, RoleCode, RoleId};
use guildhall_kernel::{ChangeRole, Kernel};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{self, RoleView};
use crate::{
    answer::Answer,
    extract::{Asked, Conditional, Json, Path},
    problem::{Problem, ProblemBody, Problems},
};

/// What changes of a role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RolePatch {
    /// How it is spelled.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = RoleCode, required = false)]
    code: Option<RoleCode>,
    /// What people call it.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// All that its holders may do.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<SpelledPermission>, required = false, max_items = 1000)]
    permissions: Option<Vec<SpelledPermission>>,
}

/// Change a role of the workspace's own
///
/// Its holders hold what it holds, at once. `If-Match` is required: roles are changed by several people.
#[utoipa::path(
    patch,
    path = "/roles/{role_id}",
    tag = "roles",
    params(("role_id" = Uuid, Path)),
    request_body = RolePatch,
    responses(
        (status = 200, body = RoleView),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn update_role(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    _conditional: Conditional,
    Path(id): Path<RoleId>,
    Json(patch): Json<RolePatch>,
) -> Result<Answer<RoleView>, Problem> {
    let RolePatch { code, name, permissions } = patch;
    Ok(view::answer(kernel.update_role(&request, id, ChangeRole { code, name, permissions }).await?))
}
