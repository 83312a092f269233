//! Changing a meta role.

use axum::extract::State;
use guildhall_authz::{GivenBy, MetaRolePatch as Patch};
use guildhall_core::{MetaRoleId, Name};
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::MetaRoleView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// What changes of a meta role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetaRolePatch {
    /// What people call it.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// Who gives it to members of projects.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = GivenBy, required = false)]
    given_by: Option<GivenBy>,
}

/// Change a meta role
///
/// On the base domain, by platform admins. Whoever has it keeps it.
#[utoipa::path(
    patch,
    path = "/meta-roles/{meta_role_id}",
    tag = "meta roles",
    params(("meta_role_id" = Uuid, Path)),
    request_body = MetaRolePatch,
    responses((status = 200, body = MetaRoleView), Problems)
)]
pub async fn update_meta_role(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<MetaRoleId>,
    Json(patch): Json<MetaRolePatch>,
) -> Result<Answer<MetaRoleView>, Problem> {
    let MetaRolePatch { name, given_by } = patch;
    let shown = kernel.update_meta_role(&request, id, Patch { name, given_by }).await?;
    let version = shown.meta_role.version;
    Ok(Answer::of(MetaRoleView::from(shown)).tagged(version))
}
