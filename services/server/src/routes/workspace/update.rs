//! Changing the workspace's name and settings.

use axum::extract::State;
use guildhall_core::{Link, Name};
use guildhall_kernel::{ChangeTheme, ChangeWorkspace, Kernel};
use guildhall_tenancy::{Color, Language, LevelRule};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{self, WorkspaceView};
use crate::{
    answer::Answer,
    extract::{Asked, Conditional, Json},
    patch::nullable,
    problem::{Problem, ProblemBody, Problems},
};

/// What changes of the workspace.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkspacePatch {
    /// Its name.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// What it decides for itself.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = SettingsPatch, required = false)]
    settings: Option<SettingsPatch>,
}

/// What changes of the workspace's settings.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsPatch {
    /// How it looks; `null` for the platform's own looks.
    #[serde(default, deserialize_with = "nullable")]
    theme: Option<Option<ThemePatch>>,
    /// The languages that it works in, all of them, the preferred one first.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<Language>, required = false, max_items = 20)]
    languages: Option<Vec<Language>>,
    /// Whether internal members may invite others as external ones.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = bool, required = false)]
    internal_may_invite: Option<bool>,
    /// The levels of its hierarchy, all of them, and what may stand under what; `null` for those that a new workspace has.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(max_items = 20)]
    levels: Option<Option<Vec<LevelRule>>>,
}

/// What changes of the workspace's theme; `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemePatch {
    /// Where the font's style sheet is.
    #[serde(default, deserialize_with = "nullable")]
    font_url: Option<Option<Link>>,
    /// The color of what stands out.
    #[serde(default, deserialize_with = "nullable")]
    primary_color: Option<Option<Color>>,
}

impl From<WorkspacePatch> for ChangeWorkspace {
    fn from(patch: WorkspacePatch) -> Self {
        let WorkspacePatch { name, settings } = patch;
        let SettingsPatch { theme, languages, internal_may_invite, levels } = settings.unwrap_or_default();
        let theme = theme.map(|theme| {
            theme.map(|ThemePatch { font_url, primary_color }| ChangeTheme { font_url, primary_color })
        });
        Self { name, theme, languages, internal_may_invite, levels }
    }
}

/// Change the workspace's name and settings
///
/// `If-Match` is required: settings are changed by several people. Levels that would not allow a node in use where it stands are
/// refused.
#[utoipa::path(
    patch,
    path = "/workspace",
    tag = "workspace",
    request_body = WorkspacePatch,
    responses(
        (status = 200, body = WorkspaceView),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn update_workspace(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    _conditional: Conditional,
    Json(patch): Json<WorkspacePatch>,
) -> Result<Answer<WorkspaceView>, Problem> {
    Ok(view::answer(kernel.update_workspace(&request, patch.into()).await?))
}
