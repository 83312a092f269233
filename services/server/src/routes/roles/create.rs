//! Making a role of the workspace's own.

use axum::extract::State;
use guildhall_authz::SpelledPermission;
use guildhall_core::{Name, RoleCode};
use guildhall_kernel::{CreateRole, Kernel};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{self, RoleView};
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A role of the workspace's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RolePost {
    /// How it is spelled, once in the workspace.
    code: RoleCode,
    /// What people call it.
    name: Name,
    /// What its holders may do: the platform's codes that are for own roles, and codes of products that are available here.
    /// One that two products spell alike stands after its product's id: `<product id>/ADD_REVIEW`.
    #[schema(max_items = 1000)]
    permissions: Vec<SpelledPermission>,
}

/// Make a role of the workspace's own
#[utoipa::path(
    post,
    path = "/roles",
    tag = "roles",
    request_body = RolePost,
    responses((status = 201, body = RoleView), Problems)
)]
pub async fn create_role(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<RolePost>,
) -> Result<Answer<RoleView>, Problem> {
    let RolePost { code, name, permissions } = post;
    let outcome = kernel.create_role(&request, CreateRole { code, name, permissions }).await?;
    Ok(view::created(outcome))
}
