//! Reading a meta role.

use axum::extract::State;
use guildhall_core::MetaRoleId;
use guildhall_kernel::Kernel;

use super::view::MetaRoleView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a meta role
#[utoipa::path(
    get,
    path = "/meta-roles/{meta_role_id}",
    tag = "meta roles",
    params(("meta_role_id" = Uuid, Path)),
    responses((status = 200, body = MetaRoleView), Problems)
)]
pub async fn find_meta_role(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<MetaRoleId>,
) -> Result<Answer<MetaRoleView>, Problem> {
    let shown = kernel.find_meta_role(&request, id).await?;
    let version = shown.meta_role.version;
    Ok(Answer::of(MetaRoleView::from(shown)).tagged(version))
}
