//! Workspaces on the wire, as platform admins see them.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, Name, PermissionCode, UserId, WorkspaceId};
use guildhall_kernel::{AdminNamed, PlatformWorkspace, WorkspaceMade};
use guildhall_tenancy::{WorkspacePrefix, WorkspaceState};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    routes::{invitations::SentInvitationView, workspace::SettingsView},
};

/// A workspace, as a platform admin sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlatformWorkspaceView {
    /// The workspace's id.
    pub id: WorkspaceId,
    /// Its account.
    pub az_id: AccountId,
    /// The account that nodes and projects hang under.
    pub organisation_az_id: AccountId,
    /// The label of its host name.
    pub prefix: WorkspacePrefix,
    /// Its name.
    pub name: Name,
    /// Whether people work in it.
    pub state: WorkspaceState,
    /// What it decides for itself.
    pub settings: SettingsView,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// A workspace, and who was just put in charge of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WorkspaceMadeView {
    /// The workspace.
    #[serde(flatten)]
    workspace: PlatformWorkspaceView,
    /// Who was put in charge; `null` where the request is repeated by its key.
    admin: Option<AdminNamedView>,
}

/// Somebody who was put in charge of a workspace: a member from now on, or somebody who is invited.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminNamedView {
    /// The member.
    user_id: Option<UserId>,
    /// The invitation of an address without an account.
    invitation: Option<SentInvitationView>,
}

impl From<PlatformWorkspace> for PlatformWorkspaceView {
    fn from(shown: PlatformWorkspace) -> Self {
        let PlatformWorkspace { workspace, permissions } = shown;
        Self {
            id: workspace.id,
            az_id: workspace.account_id,
            organisation_az_id: workspace.organisation_account_id,
            prefix: workspace.prefix,
            name: workspace.name,
            state: workspace.state,
            settings: workspace.settings.into(),
            created_at: workspace.created_at,
            permissions,
        }
    }
}

impl From<WorkspaceMade> for WorkspaceMadeView {
    fn from(made: WorkspaceMade) -> Self {
        Self { workspace: made.shown.into(), admin: made.admin.map(AdminNamedView::from) }
    }
}

impl From<AdminNamed> for AdminNamedView {
    fn from(named: AdminNamed) -> Self {
        match named {
            AdminNamed::Member(user) => Self { user_id: Some(user), invitation: None },
            AdminNamed::Invited(invited) => {
                Self { user_id: None, invitation: Some(SentInvitationView::from(*invited)) }
            }
        }
    }
}

/// The workspace as it is answered, with its entity tag.
pub(super) fn answer(shown: PlatformWorkspace) -> Answer<PlatformWorkspaceView> {
    let version = shown.workspace.version;
    Answer::of(shown.into()).tagged(version)
}
