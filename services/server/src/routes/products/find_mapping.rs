//! Reading which meta roles give a product's roles.

use axum::extract::State;
use guildhall_core::{MetaRoleCode, PermissionCode, ProductId, RoleCode};
use guildhall_kernel::{Kernel, MappingShown, RoleMapping};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Which meta roles give which of a product's roles.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MappingView {
    /// Every role of the product, by code.
    pub roles: Vec<RoleMappingView>,
    /// What the reader may do with the product.
    pub permissions: Vec<PermissionCode>,
}

/// One role and the meta roles that give it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleMappingView {
    /// How the product spells the role.
    pub code: RoleCode,
    /// The meta roles that give it; empty where none does.
    pub meta_roles: Vec<MetaRoleCode>,
}

impl From<RoleMapping> for RoleMappingView {
    fn from(mapping: RoleMapping) -> Self {
        let RoleMapping { code, meta_roles } = mapping;
        Self { code, meta_roles }
    }
}

impl From<MappingShown> for MappingView {
    fn from(shown: MappingShown) -> Self {
        let MappingShown { roles, permissions } = shown;
        Self { roles: roles.into_iter().map(Into::into).collect(), permissions }
    }
}

/// Read which meta roles give a product's roles
#[utoipa::path(
    get,
    path = "/products/{product_id}/meta-role-mapping",
    tag = "products",
    params(("product_id" = Uuid, Path)),
    responses((status = 200, body = MappingView), Problems)
)]
pub async fn find_product_mapping(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ProductId>,
) -> Result<Answer<MappingView>, Problem> {
    Ok(Answer::of(kernel.find_product_mapping(&request, id).await?.into()))
}
