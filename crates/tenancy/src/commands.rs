//! What the use cases take.

use chrono::TimeDelta;
use guildhall_core::{Email, Level, Name, NodeId, Secret, UserId, WorkspaceId};

use crate::{
    Invitation, InvitedTo, Language, LevelRule, Member, MemberState, Theme, WorkspacePrefix, WorkspaceRole,
    WorkspaceSettings, WorkspaceState,
};

/// A workspace to make.
#[derive(Debug, Clone, PartialEq)]
pub struct NewWorkspace {
    /// Its id, which the caller chooses: the transaction is bound to the workspace before there is one.
    pub id: WorkspaceId,
    /// Its name on the web.
    pub prefix: WorkspacePrefix,
    /// Its name for people.
    pub name: Name,
    /// What it decides for itself.
    pub settings: WorkspaceSettings,
}

/// What changes of a workspace; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorkspacePatch {
    /// The new name.
    pub name: Option<Name>,
    /// The new label of its host name; the old one stays unusable for [`WorkspacePrefix::RESTS`].
    pub prefix: Option<WorkspacePrefix>,
    /// What changes of the settings.
    pub settings: SettingsPatch,
}

/// Which workspaces are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspaceFilter {
    /// A part of the name or of the prefix, in whatever case.
    pub q: Option<Name>,
    /// The state.
    pub state: Option<WorkspaceState>,
}

/// What changes of a workspace's settings; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SettingsPatch {
    /// The new theme; `Some(None)` for the platform's own looks.
    pub theme: Option<Option<Theme>>,
    /// All languages, the preferred one first.
    pub languages: Option<Vec<Language>>,
    /// Whether members with the role `INTERNAL` may invite others as `EXTERNAL`.
    pub internal_may_invite: Option<bool>,
    /// All levels of the hierarchy; `Some(None)` for those that a new workspace has.
    pub levels: Option<Option<Vec<LevelRule>>>,
}

/// A node to make.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNode {
    /// What it is.
    pub level: Level,
    /// What people call it.
    pub name: Name,
    /// What the workspace's own master data calls it.
    pub md_id: Option<Name>,
    /// The words that it is filed under; repetitions are dropped.
    pub categories: Vec<Name>,
}

/// What changes of a node; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NodePatch {
    /// The new name.
    pub name: Option<Name>,
    /// The new master data id; `Some(None)` for none.
    pub md_id: Option<Option<Name>>,
    /// All categories; repetitions are dropped.
    pub categories: Option<Vec<Name>>,
}

/// A member to add.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NewMember {
    /// The workspace, for the directory that leads from users to workspaces.
    pub workspace_id: WorkspaceId,
    /// The user.
    pub user_id: UserId,
    /// What he will be.
    pub role: WorkspaceRole,
}

/// What changes of a membership; what is `None` stays.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MemberPatch {
    /// The new role.
    pub role: Option<WorkspaceRole>,
    /// The new state.
    pub state: Option<MemberState>,
}

/// An invitation to send.
#[derive(Debug, Clone, PartialEq)]
pub struct NewInvitation {
    /// The address that is invited.
    pub email: Email,
    /// The account with that address, where there is one: a member is not invited again.
    pub user_id: Option<UserId>,
    /// What the member will be.
    pub role: WorkspaceRole,
    /// The nodes that the member will be assigned to; `None` for what his role gives.
    pub node_ids: Option<Vec<NodeId>>,
    /// The first name that the inviter knows.
    pub firstname: Option<Name>,
    /// The last name that the inviter knows.
    pub lastname: Option<Name>,
    /// Who invites.
    pub invited_by: UserId,
    /// Whether the secret goes to the address by mail and is shown to nobody.
    pub mailed: bool,
    /// The project that the member will be added to.
    pub project: Option<InvitedTo>,
    /// How long it is good, from now.
    pub lifetime: TimeDelta,
}

/// An invitation that goes out, with the one sight of its secret.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The invitation as it is stored.
    pub invitation: Invitation,
    /// What the invited person shows to take it.
    pub secret: Secret,
}

/// An invitation that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The invitation as it is stored now.
    pub invitation: Invitation,
    /// The membership.
    pub member: Member,
    /// Whether the membership began with it; `false` where a member took an invitation to a project.
    pub joined: bool,
}
