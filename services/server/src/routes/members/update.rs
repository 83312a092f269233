//! Changing a membership.

use axum::extract::State;
use guildhall_core::{NodeId, UserId};
use guildhall_kernel::{ChangeMember, Kernel};
use guildhall_tenancy::{MemberState, WorkspaceRole};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::MemberView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of a membership.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberPatch {
    /// What he is here.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = WorkspaceRole, required = false)]
    role: Option<WorkspaceRole>,
    /// Whether he may come in.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = MemberState, required = false)]
    state: Option<MemberState>,
    /// The nodes that he is assigned to, all of them; `null` for what his role gives.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(max_items = 200)]
    node_ids: Option<Option<Vec<NodeId>>>,
}

/// Change a member's role, state and assignments
#[utoipa::path(
    patch,
    path = "/members/{user_id}",
    tag = "members",
    params(("user_id" = Uuid, Path)),
    request_body = MemberPatch,
    responses((status = 200, body = MemberView), Problems)
)]
pub async fn update_member(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<UserId>,
    Json(patch): Json<MemberPatch>,
) -> Result<Answer<MemberView>, Problem> {
    let MemberPatch { role, state, node_ids } = patch;
    let shown = kernel.update_member(&request, id, ChangeMember { role, state, node_ids }).await?;
    let version = shown.member.version;
    Ok(Answer::of(MemberView::from(shown)).tagged(version))
}
