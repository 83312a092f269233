//! A workspace on the wire.

use guildhall_core::{AccountId, Name, PermissionCode, WorkspaceId};
use guildhall_kernel::WorkspaceShown;
use guildhall_tenancy::{Language, LevelRule, Theme, WorkspacePrefix, WorkspaceSettings, WorkspaceState};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Answer;

/// A workspace. What the reader may not see of it is `null`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WorkspaceView {
    /// The workspace's id.
    pub id: WorkspaceId,
    /// Its account.
    pub az_id: Option<AccountId>,
    /// The account that nodes and projects hang under.
    pub organisation_az_id: Option<AccountId>,
    /// The label of its host name.
    pub prefix: WorkspacePrefix,
    /// Its name.
    pub name: Name,
    /// Whether people work in it.
    pub state: Option<WorkspaceState>,
    /// What it decides for itself.
    pub settings: SettingsView,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// What a workspace decides for itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SettingsView {
    /// How it looks; `null` for the platform's own looks.
    pub theme: Option<Theme>,
    /// The languages that it works in, the preferred one first.
    pub languages: Option<Vec<Language>>,
    /// Whether internal members may invite others as external ones.
    pub internal_may_invite: Option<bool>,
    /// The levels of its hierarchy, and what may stand under what.
    pub levels: Option<Vec<LevelRule>>,
}

impl From<WorkspaceSettings> for SettingsView {
    fn from(settings: WorkspaceSettings) -> Self {
        let WorkspaceSettings { theme, languages, internal_may_invite, levels } = settings;
        Self {
            theme,
            languages: Some(languages),
            internal_may_invite: Some(internal_may_invite),
            levels: Some(levels.into()),
        }
    }
}

impl From<WorkspaceShown> for WorkspaceView {
    fn from(shown: WorkspaceShown) -> Self {
        match shown {
            WorkspaceShown::Whole { workspace, permissions } => Self {
                id: workspace.id,
                az_id: Some(workspace.account_id),
                organisation_az_id: Some(workspace.organisation_account_id),
                prefix: workspace.prefix,
                name: workspace.name,
                state: Some(workspace.state),
                settings: workspace.settings.into(),
                permissions,
            },
            WorkspaceShown::Outline { id, prefix, name, theme, version: _, permissions } => Self {
                id,
                az_id: None,
                organisation_az_id: None,
                prefix,
                name,
                state: None,
                settings: SettingsView { theme, languages: None, internal_may_invite: None, levels: None },
                permissions,
            },
        }
    }
}

/// The workspace as it is answered, with its entity tag.
pub(super) fn answer(shown: WorkspaceShown) -> Answer<WorkspaceView> {
    let version = match &shown {
        WorkspaceShown::Whole { workspace, .. } => workspace.version,
        WorkspaceShown::Outline { version, .. } => *version,
    };
    Answer::of(shown.into()).tagged(version)
}
