//! Reading a group.

use axum::extract::State;
use guildhall_core::GroupId;
use guildhall_kernel::Kernel;

use super::view::GroupView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a group
#[utoipa::path(
    get,
    path = "/groups/{group_id}",
    tag = "groups",
    params(("group_id" = Uuid, Path)),
    responses((status = 200, body = GroupView), Problems)
)]
pub async fn find_group(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<GroupId>,
) -> Result<Answer<GroupView>, Problem> {
    let shown = kernel.find_group(&request, id).await?;
    let version = shown.group.version;
    Ok(Answer::of(GroupView::from(shown)).tagged(version))
}
