//! Reading a member.

use axum::extract::State;
use guildhall_core::UserId;
use guildhall_kernel::Kernel;

use super::view::MemberView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a member
#[utoipa::path(
    get,
    path = "/members/{user_id}",
    tag = "members",
    params(("user_id" = Uuid, Path)),
    responses((status = 200, body = MemberView), Problems)
)]
pub async fn find_member(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<UserId>,
) -> Result<Answer<MemberView>, Problem> {
    let shown = kernel.find_member(&request, id).await?;
    let version = shown.member.version;
    Ok(Answer::of(MemberView::from(shown)).tagged(version))
}
