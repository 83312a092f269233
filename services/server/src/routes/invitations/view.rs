//! Invitations on the wire.

use chrono::{DateTime, Utc};
use guildhall_core::{Email, InvitationId, Name, NodeId, PermissionCode, ProjectId, RoleCode, UserId};
use guildhall_kernel::{InvitationShown, InvitedShown};
use guildhall_tenancy::{InvitationState, WorkspaceRole};
use serde::Serialize;
use utoipa::ToSchema;

/// An invitation that nobody has taken yet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InvitationView {
    /// The invitation's id.
    pub id: InvitationId,
    /// The address that is invited.
    pub email: Email,
    /// What the member will be.
    pub role: WorkspaceRole,
    /// The nodes that he will be assigned to; `null` for what his role gives.
    pub node_ids: Option<Vec<NodeId>>,
    /// His given name, as far as the inviter knows.
    pub firstname: Option<Name>,
    /// His family name, likewise.
    pub lastname: Option<Name>,
    /// Who invites.
    pub invited_by: UserId,
    /// The project that he will be added to.
    pub project_id: Option<ProjectId>,
    /// What he will be in it.
    pub project_role: Option<RoleCode>,
    /// What became of it.
    pub state: InvitationState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it is no longer good; it may be sent again all the same.
    pub expires_at: DateTime<Utc>,
    /// What the reader may do with invitations.
    pub permissions: Vec<PermissionCode>,
}

impl From<InvitationShown> for InvitationView {
    fn from(shown: InvitationShown) -> Self {
        let InvitationShown { invitation, permissions } = shown;
        let (project_id, project_role) =
            invitation.project.map(|project| (project.project_id, project.role)).unzip();
        Self {
            id: invitation.id,
            email: invitation.email,
            role: invitation.role,
            node_ids: invitation.node_ids,
            firstname: invitation.firstname,
            lastname: invitation.lastname,
            invited_by: invitation.invited_by,
            project_id,
            project_role,
            state: invitation.state,
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
            permissions,
        }
    }
}

/// An invitation that went out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InvitedView {
    /// The invitation.
    invitation: SentInvitationView,
}

/// An invitation with the one sight of its link.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SentInvitationView {
    /// The invitation's id.
    id: InvitationId,
    /// The address that is invited.
    email: Email,
    /// What the member will be.
    role: WorkspaceRole,
    /// When it is no longer good.
    expires_at: DateTime<Utc>,
    /// Where it is taken; absent where it went out by mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    accept_url: Option<String>,
}

impl From<InvitedShown> for InvitedView {
    fn from(shown: InvitedShown) -> Self {
        Self { invitation: shown.into() }
    }
}

impl From<InvitedShown> for SentInvitationView {
    fn from(shown: InvitedShown) -> Self {
        let InvitedShown { invitation, accept_url } = shown;
        Self {
            id: invitation.id,
            email: invitation.email,
            role: invitation.role,
            expires_at: invitation.expires_at,
            accept_url,
        }
    }
}
