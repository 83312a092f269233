//! Making a meta role.

use axum::extract::State;
use guildhall_authz::{GivenBy, NewMetaRole};
use guildhall_core::{MetaRoleCode, Name};
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::MetaRoleView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A meta role to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetaRolePost {
    /// How it is spelled, for good.
    code: MetaRoleCode,
    /// What people call it.
    name: Name,
    /// Who gives it to members of projects.
    given_by: GivenBy,
}

/// Make a meta role
///
/// On the base domain, by platform admins.
#[utoipa::path(
    post,
    path = "/meta-roles",
    tag = "meta roles",
    request_body = MetaRolePost,
    responses((status = 201, body = MetaRoleView), Problems)
)]
pub async fn create_meta_role(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<MetaRolePost>,
) -> Result<Answer<MetaRoleView>, Problem> {
    let MetaRolePost { code, name, given_by } = post;
    let outcome = kernel.create_meta_role(&request, NewMetaRole { code, name, given_by }).await?;
    let version = outcome.get().meta_role.version;
    Ok(Answer::created(outcome.map(MetaRoleView::from)).tagged(version))
}
