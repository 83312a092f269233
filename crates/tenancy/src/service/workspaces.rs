//! Making and changing workspaces.

use guildhall_core::{AccountId, RowVersion, StoreError};

use crate::{
    Levels, NewWorkspace, SettingsPatch, Tenancy, TenancyError, Workspace, WorkspacePatch, WorkspaceSettings,
    WorkspaceState,
};

impl Tenancy<'_> {
    /// Makes a workspace, its account and its organisation account. It has no members yet.
    ///
    /// # Errors
    ///
    /// [`TenancyError::PrefixReserved`] or [`TenancyError::PrefixTaken`], which an archived workspace's prefix is too.
    pub async fn create_workspace(&self, command: NewWorkspace) -> Result<Workspace, TenancyError> {
        let NewWorkspace { id, prefix, name, settings } = command;
        if prefix.is_reserved() {
            return Err(TenancyError::PrefixReserved { prefix });
        }
        if self.store.workspaces().find_by_prefix(&prefix).await?.is_some() {
            return Err(TenancyError::PrefixTaken { prefix });
        }
        let workspace = Workspace {
            id,
            account_id: AccountId::new(self.ids.uuid()),
            organisation_account_id: AccountId::new(self.ids.uuid()),
            prefix,
            name,
            settings: bounded(settings)?,
            state: WorkspaceState::Active,
            created_at: self.clock.now(),
            version: RowVersion::FIRST,
        };
        match self.store.workspaces().insert(&workspace).await {
            Err(StoreError::Conflict(_)) => Err(TenancyError::PrefixTaken { prefix: workspace.prefix }),
            inserted => Ok(inserted.map(|()| workspace)?),
        }
    }

    /// Changes name and settings.
    ///
    /// # Errors
    ///
    /// [`TenancyError::TooMany`] languages; those of [`Levels::new`]; [`TenancyError::Store`] with `Stale` where the workspace has changed since it
    /// was read.
    pub async fn update_workspace(
        &self,
        workspace: Workspace,
        patch: WorkspacePatch,
    ) -> Result<Workspace, TenancyError> {
        let settings = bounded(patch.settings.apply(workspace.settings)?)?;
        let name = patch.name.unwrap_or(workspace.name);
        self.store_workspace(Workspace { name, settings, ..workspace }).await
    }

    /// Suspends, resumes or archives a workspace.
    ///
    /// # Errors
    ///
    /// Those of [`Workspace::into_state`], and [`TenancyError::Store`] with `Stale` where the workspace has changed since
    /// it was read.
    pub async fn change_workspace_state(
        &self,
        workspace: Workspace,
        to: WorkspaceState,
    ) -> Result<Workspace, TenancyError> {
        self.store_workspace(workspace.into_state(to)?).await
    }

    async fn store_workspace(&self, workspace: Workspace) -> Result<Workspace, TenancyError> {
        self.store.workspaces().update(&workspace).await?;
        Ok(Workspace { version: workspace.version.next(), ..workspace })
    }
}

impl SettingsPatch {
    fn apply(self, settings: WorkspaceSettings) -> Result<WorkspaceSettings, TenancyError> {
        let levels = match self.levels {
            Some(Some(rules)) => Levels::new(rules)?,
            Some(None) => Levels::default(),
            None => settings.levels,
        };
        Ok(WorkspaceSettings {
            theme: self.theme.unwrap_or(settings.theme),
            languages: self.languages.unwrap_or(settings.languages),
            internal_may_invite: self.internal_may_invite.unwrap_or(settings.internal_may_invite),
            levels,
        })
    }
}

fn bounded(settings: WorkspaceSettings) -> Result<WorkspaceSettings, TenancyError> {
    let max = WorkspaceSettings::MAX_LANGUAGES;
    if settings.languages.len() > max {
        return Err(TenancyError::TooMany { field: "languages", max });
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use guildhall_core::testing::{FixedClock, SequentialIds};

    use super::*;
    use crate::{
        TenancyStore, Theme, WorkspacePrefix,
        testing::{MemoryStore, MockStore, new_workspace, workspace},
    };

    #[tokio::test]
    async fn a_workspace_has_accounts_of_its_own() {
        let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
        let tenancy = Tenancy::new(&store, &clock, &ids);

        let made = tenancy.create_workspace(new_workspace(&ids, "wpp")).await.unwrap();

        assert_ne!(made.account_id.uuid(), made.id.uuid());
        assert_ne!(made.organisation_account_id, made.account_id);
        assert_eq!(store.workspaces().find(made.id).await, Ok(Some(made)));
    }

    #[tokio::test]
    async fn a_reserved_prefix_is_refused_before_the_store_is_asked() {
        let (store, clock, ids) = (MockStore::default(), FixedClock::default(), SequentialIds::default());
        let tenancy = Tenancy::new(&store, &clock, &ids);

        let refused = tenancy.create_workspace(new_workspace(&ids, "system")).await;

        assert_eq!(refused, Err(TenancyError::PrefixReserved { prefix: WorkspacePrefix::SYSTEM }));
    }

    #[tokio::test]
    async fn two_workspaces_never_share_a_prefix() {
        let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
        let tenancy = Tenancy::new(&store, &clock, &ids);
        tenancy.create_workspace(new_workspace(&ids, "wpp")).await.unwrap();

        let refused = tenancy.create_workspace(new_workspace(&ids, "wpp")).await;

        assert_eq!(refused, Err(TenancyError::PrefixTaken { prefix: "wpp".parse().unwrap() }));
    }

    #[tokio::test]
    async fn a_prefix_that_is_taken_meanwhile_is_taken() {
        let (mut store, clock, ids) = (MockStore::default(), FixedClock::default(), SequentialIds::default());
        store.workspaces.expect_find_by_prefix().returning(|_| Ok(None));
        store.workspaces.expect_insert().returning(|_| Err(StoreError::Conflict("prefix".to_owned())));
        let tenancy = Tenancy::new(&store, &clock, &ids);

        let refused = tenancy.create_workspace(new_workspace(&ids, "wpp")).await;

        assert_eq!(refused, Err(TenancyError::PrefixTaken { prefix: "wpp".parse().unwrap() }));
    }

    #[tokio::test]
    async fn a_patch_leaves_alone_what_it_does_not_name() {
        let (mut store, clock, ids) = (MockStore::default(), FixedClock::default(), SequentialIds::default());
        store.workspaces.expect_update().returning(|_| Ok(()));
        let tenancy = Tenancy::new(&store, &clock, &ids);
        let mut before = workspace(&ids, "wpp");
        before.settings.theme = Some(Theme::default());

        let settings = SettingsPatch { internal_may_invite: Some(false), ..SettingsPatch::default() };
        let patch = WorkspacePatch { settings, ..WorkspacePatch::default() };
        let after = tenancy.update_workspace(before.clone(), patch).await.unwrap();

        assert!(!after.settings.internal_may_invite);
        assert_eq!((after.name, after.settings.theme), (before.name, before.settings.theme));
        assert_eq!(after.version, before.version.next());
    }

    #[tokio::test]
    async fn a_theme_can_be_taken_away() {
        let (mut store, clock, ids) = (MockStore::default(), FixedClock::default(), SequentialIds::default());
        store.workspaces.expect_update().returning(|_| Ok(()));
        let tenancy = Tenancy::new(&store, &clock, &ids);
        let mut before = workspace(&ids, "wpp");
        before.settings.theme = Some(Theme::default());

        let settings = SettingsPatch { theme: Some(None), ..SettingsPatch::default() };
        let patch = WorkspacePatch { settings, ..WorkspacePatch::default() };
        let after = tenancy.update_workspace(before, patch).await.unwrap();

        assert_eq!(after.settings.theme, None);
    }

    #[tokio::test]
    async fn a_workspace_lists_a_bounded_number_of_languages() {
        let (store, clock, ids) = (MockStore::default(), FixedClock::default(), SequentialIds::default());
        let tenancy = Tenancy::new(&store, &clock, &ids);
        let languages = Some(vec!["de".parse().unwrap(); 21]);

        let settings = SettingsPatch { languages, ..SettingsPatch::default() };
        let patch = WorkspacePatch { settings, ..WorkspacePatch::default() };
        let refused = tenancy.update_workspace(workspace(&ids, "wpp"), patch).await;

        assert_eq!(refused, Err(TenancyError::TooMany { field: "languages", max: 20 }));
    }

    #[tokio::test]
    async fn a_suspended_workspace_is_stored_as_such() {
        let (mut store, clock, ids) = (MockStore::default(), FixedClock::default(), SequentialIds::default());
        store
            .workspaces
            .expect_update()
            .withf(|stored| stored.state == WorkspaceState::Suspended)
            .returning(|_| Ok(()));
        let tenancy = Tenancy::new(&store, &clock, &ids);

        let suspended =
            tenancy.change_workspace_state(workspace(&ids, "wpp"), WorkspaceState::Suspended).await;

        assert_eq!(suspended.unwrap().version, RowVersion::FIRST.next());
    }
}
