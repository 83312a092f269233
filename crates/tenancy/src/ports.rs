//! What tenancy asks of a store.

use async_trait::async_trait;
use guildhall_core::{Page, PageRequest, StoreError, WorkspaceId};

use crate::{Workspace, WorkspacePrefix};

/// Workspaces: a table of the platform, not of any one workspace.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait WorkspaceRepository: Send + Sync {
    /// The workspace with that id, in whatever state.
    async fn find(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError>;

    /// The workspace with that prefix, in whatever state.
    async fn find_by_prefix(&self, prefix: &WorkspacePrefix) -> Result<Option<Workspace>, StoreError>;

    /// All workspaces, the System workspace too, by id.
    async fn list(&self, page: &PageRequest) -> Result<Page<Workspace>, StoreError>;

    /// Fails with [`StoreError::Conflict`] when the prefix is taken.
    async fn insert(&self, workspace: &Workspace) -> Result<(), StoreError>;

    /// Stores it with the next version; fails with [`StoreError::Stale`] when the stored row has another version.
    async fn update(&self, workspace: &Workspace) -> Result<(), StoreError>;
}

/// What tenancy needs from one transaction.
pub trait TenancyStore: Send + Sync {
    /// The platform's workspaces.
    fn workspaces(&self) -> &dyn WorkspaceRepository;
}
