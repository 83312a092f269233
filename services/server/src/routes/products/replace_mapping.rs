//! Saying which meta roles give a product's roles.

use axum::extract::State;
use guildhall_core::{MetaRoleCode, ProductId, RoleCode};
use guildhall_kernel::Kernel;
use guildhall_products::MapRole;
use serde::Deserialize;
use utoipa::ToSchema;

use super::find_mapping::MappingView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// A whole mapping: a role that is not named follows from no meta role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MappingPut {
    /// Roles of the product, each once.
    #[schema(max_items = 1000)]
    roles: Vec<RoleMappingPut>,
}

/// One role and the meta roles that give it from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleMappingPut {
    /// How the product spells the role.
    code: RoleCode,
    /// The meta roles that give it.
    #[schema(max_items = 200)]
    meta_roles: Vec<MetaRoleCode>,
}

/// Say which meta roles give a product's roles
///
/// What members of projects hold through it changes at once.
#[utoipa::path(
    put,
    path = "/products/{product_id}/meta-role-mapping",
    tag = "products",
    params(("product_id" = Uuid, Path)),
    request_body = MappingPut,
    responses((status = 200, body = MappingView), Problems)
)]
pub async fn replace_product_mapping(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProductId>,
    Json(put): Json<MappingPut>,
) -> Result<Answer<MappingView>, Problem> {
    let roles = put.roles.into_iter().map(|role| MapRole { code: role.code, meta_roles: role.meta_roles });
    let outcome = kernel.replace_product_mapping(&request, id, roles.collect()).await?;
    Ok(Answer::done(outcome.map(MappingView::from)))
}
