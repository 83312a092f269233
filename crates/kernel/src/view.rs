//! A workspace as authorization sees it, compiled, and kept for as long as nothing that it follows from has changed. Where
//! little has changed, the next view is made from it.

mod check;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    mem::size_of,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use guildhall_authz::{Epochs, Permission, Role, Snapshot};
use guildhall_core::{Access, AccountId, ProductId, RoleId, Scope, StoreError, WorkspaceId};
use guildhall_tenancy::{Workspace, WorkspaceState};
use moka::{policy::EvictionPolicy, sync::Cache};

use crate::{KernelError, UnitOfWork, facts};

/// How many bytes the kept views take together, by their own account.
const CAPACITY: u64 = 256 * 1024 * 1024;

/// How often facts are read again because an epoch was raised while they were read.
const ATTEMPTS: usize = 5;

/// What decisions about one workspace are made from.
pub(crate) struct View {
    /// The state of the world that the view was made from.
    pub(crate) epochs: Epochs,
    /// The workspace; `None` for the platform itself.
    pub(crate) workspace: Option<Workspace>,
    /// The compiled facts.
    pub(crate) snapshot: Snapshot,
    /// The products that are available here.
    pub(crate) products: Arc<BTreeSet<ProductId>>,
    /// The roles that there are here: the platform's, the workspace's own, and those of the products that are available.
    pub(crate) roles: Arc<BTreeMap<RoleId, Role>>,
}

impl View {
    /// The account that stands for the whole scope.
    pub(crate) fn root(&self) -> AccountId {
        self.workspace.as_ref().map_or(AccountId::PLATFORM, |workspace| workspace.account_id)
    }

    /// Whether people work in the workspace.
    pub(crate) fn is_active(&self) -> bool {
        self.workspace.as_ref().is_none_or(|workspace| workspace.state == WorkspaceState::Active)
    }

    /// About how many bytes it takes to keep the view.
    fn memory(&self) -> usize {
        let codes: usize = self.roles.values().map(|role| role.permissions.len()).sum();
        // A code is a word of about as many letters as the permission itself takes.
        self.snapshot.memory() + self.roles.len() * size_of::<Role>() + codes * (2 * size_of::<Permission>())
    }

    /// Whether the view was made from a later state of the world. Epochs are only ever raised.
    fn is_later_than(&self, other: &Self) -> bool {
        let (own, other) = (self.epochs, other.epochs);
        own.platform > other.platform || own.system > other.system || own.workspace > other.workspace
    }
}

/// How the views of a kernel were made since it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ViewCounts {
    /// From everything that a workspace says about rights.
    pub loaded: u64,
    /// From an earlier view and what had changed since.
    pub carried: u64,
}

/// Views by workspace. A view counts only while its epochs are those of the transaction that asks.
pub(crate) struct ViewCache {
    views: Cache<Option<WorkspaceId>, Arc<View>>,
    loaded: AtomicU64,
    carried: AtomicU64,
}

impl Default for ViewCache {
    fn default() -> Self {
        Self::with_capacity(CAPACITY)
    }
}

impl ViewCache {
    /// Keeps views that take so many bytes together; those that were asked for least lately go first. One that is larger than
    /// that by itself is kept alone: without it each request would make it anew.
    fn with_capacity(bytes: u64) -> Self {
        let most = u32::try_from(bytes).unwrap_or(u32::MAX);
        let views = Cache::builder()
            .max_capacity(bytes)
            .weigher(move |_, view: &Arc<View>| u32::try_from(view.memory()).unwrap_or(u32::MAX).min(most))
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self { views, loaded: AtomicU64::default(), carried: AtomicU64::default() }
    }

    /// The view as the unit of work sees the world, made from the kept one or anew where any epoch has moved on.
    pub(crate) async fn find(
        &self,
        unit: &dyn UnitOfWork,
        scope: Scope,
        access: Access,
    ) -> Result<Arc<View>, KernelError> {
        let epochs = unit.epochs().find().await?;
        let kept = self.views.get(&scope.workspace());
        if let Some(view) = kept.as_ref().filter(|view| view.epochs == epochs) {
            return Ok(view.clone());
        }
        let view = Arc::new(self.make(unit, scope, access, kept.as_deref(), epochs).await?);
        self.keep(scope.workspace(), &view);
        Ok(view)
    }

    /// Keeps a view, but where a later one is kept already: whoever began before a change may end after it.
    fn keep(&self, workspace: Option<WorkspaceId>, view: &Arc<View>) {
        self.views.entry(workspace).and_upsert_with(|kept| match kept {
            Some(kept) if kept.value().is_later_than(view) => kept.into_value(),
            _ => view.clone(),
        });
    }

    /// Reads until no epoch was raised meanwhile, so that no view mixes two states of the world.
    ///
    /// A unit of work that reads sees one state from its first statement on, and needs one attempt. One that writes sees what
    /// others commit beside it; after a first attempt that was disturbed it keeps others from raising.
    async fn make(
        &self,
        unit: &dyn UnitOfWork,
        scope: Scope,
        access: Access,
        kept: Option<&View>,
        mut epochs: Epochs,
    ) -> Result<View, KernelError> {
        for _ in 0..ATTEMPTS {
            let view = self.read(unit, scope, kept, epochs).await;
            let after = unit.epochs().find().await?;
            if after == epochs {
                return view;
            }
            if access == Access::Write {
                unit.epochs().lock().await?;
            }
            epochs = unit.epochs().find().await?;
        }
        Err(StoreError::Unavailable("rights change faster than they can be read".into()).into())
    }

    async fn read(
        &self,
        unit: &dyn UnitOfWork,
        scope: Scope,
        kept: Option<&View>,
        epochs: Epochs,
    ) -> Result<View, KernelError> {
        if let Some(kept) = kept
            && let Some(view) = facts::carry(unit, kept, epochs).await?
        {
            self.carried.fetch_add(1, Ordering::Relaxed);
            return Ok(view);
        }
        self.loaded.fetch_add(1, Ordering::Relaxed);
        facts::load(unit, scope, epochs).await
    }

    /// How views were made.
    pub(crate) fn counts(&self) -> ViewCounts {
        ViewCounts {
            loaded: self.loaded.load(Ordering::Relaxed),
            carried: self.carried.load(Ordering::Relaxed),
        }
    }

    /// The view that was made at these epochs.
    pub(crate) fn made_at(&self, workspace: WorkspaceId, epochs: Epochs) -> Option<Arc<View>> {
        self.views.get(&Some(workspace)).filter(|view| view.epochs == epochs)
    }

    /// The workspaces whose views are kept.
    pub(crate) fn workspaces(&self) -> Vec<WorkspaceId> {
        self.views.iter().filter_map(|(workspace, _)| *workspace).collect()
    }
}
