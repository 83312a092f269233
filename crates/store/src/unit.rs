//! The unit of work: one transaction, bound to one scope.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use guildhall_authz::Raised;
use guildhall_core::{Access, Scope, StoreError, WorkspaceId};
use guildhall_kernel::{Committed, UnitOfWork};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};

use crate::error::store_error;

/// One transaction that sees one scope. It implements every port; dropping it rolls back.
pub struct SeaUnitOfWork {
    transaction: DatabaseTransaction,
    scope: Scope,
    raised: Mutex<Vec<Raised>>,
    grown: Mutex<Vec<WorkspaceId>>,
    #[cfg(feature = "testing")]
    unfiltered: bool,
}

impl SeaUnitOfWork {
    /// Binds the transaction to its scope, which is what row level security keys on, before anybody sees it.
    pub(crate) async fn bind(
        transaction: DatabaseTransaction,
        scope: Scope,
        access: Access,
    ) -> Result<Self, StoreError> {
        if access == Access::Read {
            confine_reading(&transaction, scope).await?;
        } else {
            confine(&transaction, scope).await?;
        }
        Ok(Self {
            transaction,
            scope,
            raised: Mutex::default(),
            grown: Mutex::default(),
            #[cfg(feature = "testing")]
            unfiltered: false,
        })
    }

    #[cfg(feature = "testing")]
    pub(crate) fn without_filter(self) -> Self {
        Self { unfiltered: true, ..self }
    }

    /// The transaction, for statements.
    pub(crate) fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// The workspace whose rows are in scope.
    pub(crate) fn workspace(&self) -> Result<WorkspaceId, StoreError> {
        self.scope
            .workspace()
            .ok_or_else(|| StoreError::Backend("this unit of work is bound to no workspace".into()))
    }

    /// Notes an epoch that this transaction raised, to be told when it commits.
    pub(crate) fn note_raised(&self, raised: Raised) {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).push(raised);
    }

    /// Notes a log that this transaction makes longer, to be told when it commits.
    pub(crate) fn note_grown(&self, workspace: WorkspaceId) {
        let mut grown = self.grown.lock().unwrap_or_else(PoisonError::into_inner);
        if !grown.contains(&workspace) {
            grown.push(workspace);
        }
    }

    /// Whether statements name the workspace: always, but where a test breaks this wall.
    pub(crate) fn filters(&self) -> bool {
        #[cfg(feature = "testing")]
        return !self.unfiltered;
        #[cfg(not(feature = "testing"))]
        true
    }
}

#[async_trait]
impl UnitOfWork for SeaUnitOfWork {
    async fn commit(self: Box<Self>) -> Result<Committed, StoreError> {
        self.transaction.commit().await.map_err(store_error)?;
        Ok(Committed {
            raised: self.raised.into_inner().unwrap_or_else(PoisonError::into_inner),
            grown: self.grown.into_inner().unwrap_or_else(PoisonError::into_inner),
        })
    }

    async fn rebind(self: Box<Self>, scope: Scope) -> Result<Box<dyn UnitOfWork>, StoreError> {
        confine(&self.transaction, scope).await?;
        Ok(Box::new(Self { scope, ..*self }))
    }
}

/// Tells row level security whose rows the transaction is about.
async fn confine(transaction: &DatabaseTransaction, scope: Scope) -> Result<(), StoreError> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let workspace = scope.workspace().map(|id| id.to_string()).unwrap_or_default();
        let bind = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "select set_config('app.workspace_id', $1, true)",
            [workspace.into()],
        );
        transaction.execute_raw(bind).await.map_err(store_error)?;
    }
    Ok(())
}

/// Tells the same a transaction that reads, and lets it see one state of the database from the first statement to the last, as
/// SQLite does by itself: in one round trip, which can't bind anything, and need not, since an id is spelled by us.
async fn confine_reading(transaction: &DatabaseTransaction, scope: Scope) -> Result<(), StoreError> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let workspace = scope.workspace().map(|id| id.to_string()).unwrap_or_default();
        let bind = format!(
            "set transaction isolation level repeatable read, read only;
            select set_config('app.workspace_id', '{workspace}', true)"
        );
        transaction.execute_unprepared(&bind).await.map_err(store_error)?;
    }
    Ok(())
}
