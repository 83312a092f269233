//! What tenancy refuses.

use guildhall_core::StoreError;
use thiserror::Error;

use crate::{WorkspacePrefix, WorkspaceState};

/// Why a use case of tenancy was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TenancyError {
    /// The prefix is kept for the platform.
    #[error("the prefix `{prefix}` is reserved")]
    PrefixReserved {
        /// The prefix that was asked for.
        prefix: WorkspacePrefix,
    },
    /// Another workspace has the prefix.
    #[error("the prefix `{prefix}` is taken")]
    PrefixTaken {
        /// The prefix that was asked for.
        prefix: WorkspacePrefix,
    },
    /// No step leads from the workspace's state to the one that was asked for.
    #[error("a workspace that is {from} can't become {to}")]
    WorkspaceStateRefused {
        /// The present state.
        from: WorkspaceState,
        /// The state that was asked for.
        to: WorkspaceState,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
