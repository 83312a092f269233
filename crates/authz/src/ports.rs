//! What authorization needs from a store.

use async_trait::async_trait;
use guildhall_core::{GrantId, StoreError};

use crate::{Epoch, EpochScope, Epochs, Holder, Raised, StoredGrant};

/// Stored grants, as one unit of work may see them.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait GrantRepository: Send + Sync {
    /// All stored grants, by id.
    async fn list(&self) -> Result<Vec<StoredGrant>, StoreError>;

    /// The stored grants of one holder, by id.
    async fn list_by_holder(&self, holder: Holder) -> Result<Vec<StoredGrant>, StoreError>;

    /// Fails with [`StoreError::Conflict`] when the holder has the role on the account already, or when the workspace has no
    /// such account. Whether there is such a role is asked before: not every role has a row.
    async fn insert(&self, grant: &StoredGrant) -> Result<(), StoreError>;

    /// Ends a grant; one that is gone already is no error.
    async fn delete(&self, id: GrantId) -> Result<(), StoreError>;
}

/// The epochs, and the log of what raised them.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait EpochRepository: Send + Sync {
    /// All three, the workspace's being that of the unit of work.
    async fn find(&self) -> Result<Epochs, StoreError>;

    /// Those of several scopes, whatever the unit of work is bound to. A scope that was never raised is left out.
    async fn list(&self, scopes: &[EpochScope]) -> Result<Vec<Raised>, StoreError>;

    /// Waits for whoever raises the workspace's epoch, and keeps others from raising it until the transaction ends.
    async fn lock(&self) -> Result<(), StoreError>;

    /// Counts one epoch up, appends what changed to the log in the same transaction, and answers the new number. The row
    /// stays locked until the transaction ends, which puts changes to authorization in one order.
    async fn raise(&self, epoch: Epoch, fact: &str) -> Result<i64, StoreError>;
}

/// What authorization needs from one transaction.
pub trait AuthzStore: Send + Sync {
    /// Stored grants.
    fn grants(&self) -> &dyn GrantRepository;

    /// Epochs.
    fn epochs(&self) -> &dyn EpochRepository;
}
