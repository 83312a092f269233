//! Making and changing workspaces.

use guildhall_core::{AccountId, RowVersion, StoreError};

use crate::{
    Levels, NewWorkspace, SettingsPatch, Tenancy, TenancyError, Workspace, WorkspacePatch, WorkspacePrefix,
    WorkspaceSettings, WorkspaceState,
};

impl Tenancy<'_> {
    /// Makes a workspace, its account and its organisation account. It has no members yet.
    ///
    /// # Errors
    ///
    /// [`TenancyError::PrefixReserved`] or [`TenancyError::PrefixTaken`], which an archived workspace's prefix is too.
    pub async fn create_workspace(&self, command: NewWorkspace) -> Result<Workspace, TenancyError> {
        let NewWorkspace { id, prefix, name, settings } = command;
        self.check_free(&prefix).await?;
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
            Err(StoreError::Conflict(_)) => {
                return Err(TenancyError::PrefixTaken { prefix: workspace.prefix });
            }
            inserted => inserted?,
        }
        self.check_rested(&workspace.prefix).await?;
        Ok(workspace)
    }

    /// Changes name, prefix and settings.
    ///
    /// # Errors
    ///
    /// Those of [`Self::create_workspace`] for a new prefix; [`TenancyError::TooMany`] languages; those of [`Levels::new`];
    /// [`TenancyError::Store`] with `Stale` where the workspace has changed since it
    /// was read.
    pub async fn update_workspace(
        &self,
        workspace: Workspace,
        patch: WorkspacePatch,
    ) -> Result<Workspace, TenancyError> {
        let settings = bounded(patch.settings.apply(workspace.settings)?)?;
        let name = patch.name.unwrap_or(workspace.name);
        let changed = Workspace { name, settings, ..workspace };
        match patch.prefix.filter(|prefix| *prefix != changed.prefix) {
            Some(prefix) => self.move_workspace(changed, prefix).await,
            None => self.store_workspace(changed).await,
        }
    }

    /// Gives a workspace another prefix. The old one rests.
    async fn move_workspace(
        &self,
        workspace: Workspace,
        prefix: WorkspacePrefix,
    ) -> Result<Workspace, TenancyError> {
        if workspace.id.is_system() {
            return Err(TenancyError::PrefixReserved { prefix: workspace.prefix });
        }
        self.check_free(&prefix).await?;
        let released = workspace.prefix.clone();
        let moved = match self.store_workspace(Workspace { prefix: prefix.clone(), ..workspace }).await {
            Err(TenancyError::Store(StoreError::Conflict(_))) => {
                return Err(TenancyError::PrefixTaken { prefix });
            }
            stored => stored?,
        };
        self.check_rested(&prefix).await?;
        self.store.workspaces().insert_released(&released, self.clock.now()).await?;
        Ok(moved)
    }

    async fn check_free(&self, prefix: &WorkspacePrefix) -> Result<(), TenancyError> {
        if prefix.is_reserved() {
            return Err(TenancyError::PrefixReserved { prefix: prefix.clone() });
        }
        if self.store.workspaces().find_by_prefix(prefix).await?.is_some() {
            return Err(TenancyError::PrefixTaken { prefix: prefix.clone() });
        }
        Ok(())
    }

    /// Refuses a prefix that was given up not long ago. It is asked once the prefix is taken: a workspace that gives it up
    /// at the same time has been waited for by then.
    async fn check_rested(&self, prefix: &WorkspacePrefix) -> Result<(), TenancyError> {
        let Some(released) = self.store.workspaces().find_released(prefix).await? else { return Ok(()) };
        let until = released + WorkspacePrefix::RESTS;
        if self.clock.now() < until {
            return Err(TenancyError::PrefixReleased { prefix: prefix.clone(), until });
        }
        Ok(())
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
    use guildhall_core::{
        Clock,
        testing::{FixedClock, SequentialIds},
    };

    use super::*;
    use crate::{
        TenancyStore, Theme,
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
    async fn a_prefix_that_was_given_up_rests() {
        let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
        let tenancy = Tenancy::new(&store, &clock, &ids);
        let made = tenancy.create_workspace(new_workspace(&ids, "old")).await.unwrap();
        let patch = WorkspacePatch { prefix: Some("new".parse().unwrap()), ..WorkspacePatch::default() };
        tenancy.update_workspace(made, patch).await.unwrap();
        let released = clock.now();

        clock.advance(WorkspacePrefix::RESTS - chrono::TimeDelta::microseconds(1));
        let early = tenancy.create_workspace(new_workspace(&ids, "old")).await;

        let (prefix, until) = ("old".parse().unwrap(), released + WorkspacePrefix::RESTS);
        assert_eq!(early, Err(TenancyError::PrefixReleased { prefix, until }));
    }

    #[tokio::test]
    async fn a_prefix_that_has_rested_may_be_taken() {
        let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
        let tenancy = Tenancy::new(&store, &clock, &ids);
        let made = tenancy.create_workspace(new_workspace(&ids, "old")).await.unwrap();
        let patch = WorkspacePatch { prefix: Some("new".parse().unwrap()), ..WorkspacePatch::default() };
        tenancy.update_workspace(made, patch).await.unwrap();

        clock.advance(WorkspacePrefix::RESTS);

        assert!(tenancy.create_workspace(new_workspace(&ids, "old")).await.is_ok());
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
