//! Reading a grant.

use axum::extract::State;
use guildhall_core::GrantId;
use guildhall_kernel::Kernel;

use super::view::GrantView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a grant
#[utoipa::path(
    get,
    path = "/grants/{grant_id}",
    tag = "grants",
    params(("grant_id" = Uuid, Path)),
    responses((status = 200, body = GrantView), Problems)
)]
pub async fn find_grant(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<GrantId>,
) -> Result<Answer<GrantView>, Problem> {
    let shown = kernel.find_grant(&request, id).await?;
    let version = shown.grant.version;
    Ok(Answer::of(GrantView::from(shown)).tagged(version))
}
