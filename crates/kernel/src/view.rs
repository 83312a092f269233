//! A workspace as authorization sees it, compiled, and kept for as long as nothing that it follows from has changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use guildhall_authz::{Epochs, Role, Snapshot};
use guildhall_core::{Access, AccountId, ProductId, RoleId, Scope, StoreError, WorkspaceId};
use guildhall_tenancy::{Workspace, WorkspaceState};
use moka::sync::Cache;

use crate::{KernelError, UnitOfWork, facts};

/// How many workspaces' views are kept at a time.
const KEPT: u64 = 1_000;

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
    pub(crate) products: BTreeSet<ProductId>,
    /// The roles that there are here: the platform's, the workspace's own, and those of the products that are available.
    pub(crate) roles: BTreeMap<RoleId, Role>,
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
}

/// Views by workspace. A view counts only while its epochs are those of the transaction that asks.
pub(crate) struct ViewCache(Cache<Option<WorkspaceId>, Arc<View>>);

impl Default for ViewCache {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl ViewCache {
    /// The view as the unit of work sees the world, made anew where any epoch has moved on.
    pub(crate) async fn find(
        &self,
        unit: &dyn UnitOfWork,
        scope: Scope,
        access: Access,
    ) -> Result<Arc<View>, KernelError> {
        let epochs = unit.epochs().find().await?;
        if let Some(view) = self.0.get(&scope.workspace()).filter(|view| view.epochs == epochs) {
            return Ok(view);
        }
        let view = Arc::new(load(unit, scope, access, epochs).await?);
        self.0.insert(scope.workspace(), view.clone());
        Ok(view)
    }

    /// The view that was made at these epochs.
    pub(crate) fn made_at(&self, workspace: WorkspaceId, epochs: Epochs) -> Option<Arc<View>> {
        self.0.get(&Some(workspace)).filter(|view| view.epochs == epochs)
    }

    /// The workspaces whose views are kept.
    pub(crate) fn workspaces(&self) -> Vec<WorkspaceId> {
        self.0.iter().filter_map(|(workspace, _)| *workspace).collect()
    }
}

/// Reads until no epoch was raised meanwhile, so that no view mixes two states of the world.
///
/// A unit of work that reads sees one state from its first statement on, and needs one attempt. One that writes sees what others
/// commit beside it; after a first attempt that was disturbed it keeps others from raising.
async fn load(
    unit: &dyn UnitOfWork,
    scope: Scope,
    access: Access,
    mut epochs: Epochs,
) -> Result<View, KernelError> {
    for _ in 0..ATTEMPTS {
        let view = facts::load(unit, scope, epochs).await;
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
