//! Inviting an address to the workspace.

use axum::extract::State;
use guildhall_core::{Email, Name, NodeId};
use guildhall_kernel::{InviteMember, Kernel, Outcome};
use guildhall_tenancy::WorkspaceRole;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Limited, Problem, Problems},
    routes::invitations::InvitedView,
};

/// An address to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberPost {
    /// The address.
    email: Email,
    /// What the member will be.
    role: WorkspaceRole,
    /// The nodes that he will be assigned to; without them an internal member is assigned to the whole organisation, an
    /// external one to nothing.
    #[schema(max_items = 200)]
    node_ids: Option<Vec<NodeId>>,
    /// His given name, as far as the inviter knows.
    firstname: Option<Name>,
    /// His family name, likewise.
    lastname: Option<Name>,
}

/// Invite somebody to the workspace
///
/// Whether or not the address has an account: membership begins when the invitation is taken. Internal members invite
/// external ones. The answer shows `accept_url` this once, where no mail goes out.
#[utoipa::path(
    post,
    path = "/members",
    tag = "members",
    request_body = MemberPost,
    responses((status = 201, body = InvitedView), Limited, Problems)
)]
pub async fn invite_member(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<MemberPost>,
) -> Result<Answer<InvitedView>, Problem> {
    let MemberPost { email, role, node_ids, firstname, lastname } = post;
    let command = InviteMember { email, role, node_ids, firstname, lastname };
    let invited = kernel.invite_member(&request, command).await?;
    Ok(Answer::created(Outcome::Done(invited.into())).secret())
}
