//! Taking an invitation.

use axum::extract::State;
use guildhall_core::{Name, UserId, WorkspaceId};
use guildhall_identity::Password;
use guildhall_kernel::{AcceptInvitation, Joined, Kernel};
use guildhall_tenancy::{WorkspacePrefix, WorkspaceRole};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    extract::{Json, Visitor},
    problem::{Problem, Problems},
};

/// An invitation's token, and what an account is made of where the address has none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptancePost {
    /// The token of the invitation's link.
    #[schema(min_length = 1, max_length = 200)]
    token: String,
    /// The password of the account to be made, or to be made the taker's own.
    password: Option<Password>,
    /// Given name; the inviter's word counts where it is absent.
    firstname: Option<Name>,
    /// Family name, likewise.
    lastname: Option<Name>,
}

/// A membership.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JoinedView {
    /// The workspace.
    workspace: JoinedWorkspaceView,
    /// The member.
    user_id: UserId,
    /// What he is there.
    role: WorkspaceRole,
}

/// The workspace that somebody joined.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JoinedWorkspaceView {
    /// The workspace's id.
    id: WorkspaceId,
    /// The label of its host name.
    prefix: WorkspacePrefix,
    /// Its name.
    name: Name,
}

impl From<Joined> for JoinedView {
    fn from(joined: Joined) -> Self {
        let Joined { workspace, user_id, role } = joined;
        let workspace =
            JoinedWorkspaceView { id: workspace.id, prefix: workspace.prefix, name: workspace.name };
        Self { workspace, user_id, role }
    }
}

/// Take an invitation
///
/// An address that has an account is its user's: he must be signed in, and sends the token alone. For another address an
/// account is made, with the password and the names that are sent. An account whose address nobody has shown to be his is
/// treated like none by a link that came by mail: the password that is sent replaces the account's, and ends its sessions and
/// API keys. Without a workspace's host or header the token says which
/// workspace it is about.
#[utoipa::path(
    post,
    path = "/invitations/accept",
    tag = "invitations",
    security((), ("bearer" = [])),
    request_body = AcceptancePost,
    responses((status = 200, body = JoinedView), Problems)
)]
pub async fn accept_invitation(
    State(kernel): State<Kernel>,
    visitor: Visitor,
    Json(post): Json<AcceptancePost>,
) -> Result<Answer<JoinedView>, Problem> {
    let AcceptancePost { token, password, firstname, lastname } = post;
    let Visitor { workspace, caller, address: _, request_id } = visitor;
    let command = AcceptInvitation { token, password, firstname, lastname, workspace, caller, request_id };
    Ok(Answer::of(kernel.accept_invitation(command).await?.into()))
}
