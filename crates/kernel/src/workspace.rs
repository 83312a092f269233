//! The caller's workspace itself.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{Link, Name, PermissionCode, RowVersion, WorkspaceId};
use guildhall_tenancy::{
    Color, Language, LevelRule, SettingsPatch, Theme, Workspace, WorkspacePatch, WorkspacePrefix,
};

use crate::{Begun, Event, Kernel, KernelError, Request, code, work::Work};

/// A workspace as its reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum WorkspaceShown {
    /// All of it, to whoever sees its people too.
    Whole {
        /// The workspace.
        workspace: Workspace,
        /// The platform's codes that the reader holds on it.
        permissions: Vec<PermissionCode>,
    },
    /// How it is called and what it looks like, to those who take part from outside.
    Outline {
        /// The workspace's id.
        id: WorkspaceId,
        /// Its name on the web.
        prefix: WorkspacePrefix,
        /// Its name for people.
        name: Name,
        /// How it looks.
        theme: Option<Theme>,
        /// How often it was changed.
        version: RowVersion,
        /// The platform's codes that the reader holds on it.
        permissions: Vec<PermissionCode>,
    },
}

/// What changes of a workspace; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChangeWorkspace {
    /// The new name.
    pub name: Option<Name>,
    /// What changes of the theme; `Some(None)` for the platform's own looks.
    pub theme: Option<Option<ChangeTheme>>,
    /// All languages, the preferred one first.
    pub languages: Option<Vec<Language>>,
    /// Whether members with the role `INTERNAL` may invite others as `EXTERNAL`.
    pub internal_may_invite: Option<bool>,
    /// All levels of the hierarchy; `Some(None)` for those that a new workspace has.
    pub levels: Option<Option<Vec<LevelRule>>>,
}

/// What changes of a theme; what is `None` stays, `Some(None)` clears.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChangeTheme {
    /// Where the font's style sheet is.
    pub font_url: Option<Option<Link>>,
    /// The color of what stands out.
    pub primary_color: Option<Option<Color>>,
}

impl Kernel {
    /// The caller's workspace.
    ///
    /// # Errors
    /// [`KernelError::WorkspaceRequired`] where the request names none; [`KernelError::Forbidden`] where the caller may
    /// not see it.
    pub async fn find_workspace(&self, request: &Request) -> Result<WorkspaceShown, KernelError> {
        let work = self.read(request).await?;
        let workspace = work.authorize_workspace(&code::WORKSPACE_READ)?.into_inner();
        Ok(show(&work, workspace))
    }

    /// Changes name and settings. Whether internal members may invite is a right, so that all rights are read anew.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKSPACE_SETTINGS`; [`KernelError::Stale`] where the workspace has changed
    /// since the caller read it; [`KernelError::LevelsInUse`] where nodes in use could not stand where they do.
    pub async fn update_workspace(
        &self,
        request: &Request,
        command: ChangeWorkspace,
    ) -> Result<WorkspaceShown, KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else {
            return self.find_workspace(request).await;
        };
        let id = work.authorize_workspace(&code::WORKSPACE_SETTINGS)?.id;
        work.raise(Epoch::Workspace, &[Change::Everything]).await?;
        let before = work.workspaces().find(id).await?.ok_or(KernelError::NotFound)?;
        request.expect_version(before.version)?;
        let patch = command.on(&before);
        let after = self.tenancy(&*work).update_workspace(before.clone(), patch).await?;
        if after.settings.levels != before.settings.levels {
            work.refuse_misplaced(&before.settings.levels, &after.settings.levels).await?;
        }
        let event = Event::new("workspace.changed", id.uuid(), after.name.to_string());
        work.finish(event.changing(&before, &after)).await?;
        self.find_workspace(request).await
    }
}

impl ChangeWorkspace {
    fn on(self, workspace: &Workspace) -> WorkspacePatch {
        let theme = self.theme.map(|theme| theme.map(|theme| theme.on(workspace.settings.theme.clone())));
        let settings = SettingsPatch {
            theme,
            languages: self.languages,
            internal_may_invite: self.internal_may_invite,
            levels: self.levels,
        };
        WorkspacePatch { name: self.name, prefix: None, settings }
    }
}

impl ChangeTheme {
    fn on(self, theme: Option<Theme>) -> Theme {
        let Theme { font_url, primary_color } = theme.unwrap_or_default();
        Theme {
            font_url: self.font_url.unwrap_or(font_url),
            primary_color: self.primary_color.unwrap_or(primary_color),
        }
    }
}

fn show(work: &Work<'_>, workspace: Workspace) -> WorkspaceShown {
    let permissions = work.codes_on(workspace.account_id);
    if work.may(&code::MEMBER_READ, workspace.account_id) {
        return WorkspaceShown::Whole { workspace, permissions };
    }
    let Workspace { id, prefix, name, settings, version, .. } = workspace;
    WorkspaceShown::Outline { id, prefix, name, theme: settings.theme, version, permissions }
}
