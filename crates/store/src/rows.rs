//! Statements on a workspace's tables. There is no other way to one: each names the workspace.

use guildhall_core::{SecretHash, StoreError, WorkspaceId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, DeleteMany,
    EntityTrait, IntoActiveModel, QueryFilter, Select, Selector, SelectorTrait, UpdateMany,
    sea_query::{Expr, SimpleExpr},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{SeaUnitOfWork, error::store_error};

/// A table whose rows belong to a workspace.
pub(crate) trait Scoped: EntityTrait {
    /// The column that says whose a row is.
    const WORKSPACE: Self::Column;
}

/// A table of the System's rows, each of which concerns one workspace alone.
pub(crate) trait Naming: Scoped {
    /// The column that names the workspace.
    const NAMED: Self::Column;
}

impl SeaUnitOfWork {
    /// Rows of the bound workspace.
    pub(crate) fn select<E: Scoped>(&self) -> Result<Select<E>, StoreError> {
        let workspace = self.workspace()?.uuid();
        let all = E::find();
        Ok(if self.filters() { all.filter(E::WORKSPACE.eq(workspace)) } else { all })
    }

    /// Rows of the bound workspace and the System's. Only for the tables that the System space shares.
    pub(crate) fn select_shared<E: Scoped>(&self) -> Result<Select<E>, StoreError> {
        let spaces: [Uuid; 2] = [self.workspace()?.uuid(), WorkspaceId::SYSTEM.uuid()];
        let all = E::find();
        Ok(if self.filters() { all.filter(E::WORKSPACE.is_in(spaces)) } else { all })
    }

    /// The System's rows that name the bound workspace. The System space itself reads all of them.
    pub(crate) fn select_named<E: Naming>(&self) -> Result<Select<E>, StoreError> {
        let workspace = self.workspace()?;
        let all = E::find();
        if !self.filters() {
            return Ok(all);
        }
        let shared = all.filter(E::WORKSPACE.eq(WorkspaceId::SYSTEM.uuid()));
        Ok(if workspace.is_system() { shared } else { shared.filter(E::NAMED.eq(workspace.uuid())) })
    }

    /// A change of rows of the bound workspace.
    pub(crate) fn update<E: Scoped>(&self) -> Result<UpdateMany<E>, StoreError> {
        let workspace = self.workspace()?.uuid();
        let all = E::update_many();
        Ok(if self.filters() { all.filter(E::WORKSPACE.eq(workspace)) } else { all })
    }

    /// A removal of rows of the bound workspace.
    pub(crate) fn delete<E: Scoped>(&self) -> Result<DeleteMany<E>, StoreError> {
        let workspace = self.workspace()?.uuid();
        let all = E::delete_many();
        Ok(if self.filters() { all.filter(E::WORKSPACE.eq(workspace)) } else { all })
    }

    /// A text of columns whose letters `A` to `Z` are in lower case and all others as they are, on either database.
    pub(crate) fn lower(&self, columns: &'static str) -> SimpleExpr {
        match self.transaction().get_database_backend() {
            DbBackend::Postgres => Expr::cust(format!("lower(({columns}) collate \"C\")")),
            _ => Expr::cust(format!("lower({columns})")),
        }
    }

    /// Adds a row. A row of a workspace carries its `workspace_id`; the mapper has set it.
    pub(crate) async fn add<A>(&self, row: A) -> Result<(), StoreError>
    where
        A: ActiveModelTrait + IntoActiveModel<A> + Send,
    {
        A::Entity::insert(row).exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }

    /// Adds rows, if there are any.
    pub(crate) async fn add_all<A>(&self, rows: Vec<A>) -> Result<(), StoreError>
    where
        A: ActiveModelTrait + IntoActiveModel<A> + Send,
    {
        if rows.is_empty() {
            return Ok(());
        }
        A::Entity::insert_many(rows).exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

/// A look-up of the one row that has a key.
pub(crate) trait Only {
    /// What the row is read as.
    type Row;

    /// The row, if it is there. The mapper's own `one` limits the rows by a parameter, and SQLite makes a new plan for each value that
    /// a limit is given, the same one too; a key needs no limit.
    fn only(
        self,
        transaction: &DatabaseTransaction,
    ) -> impl Future<Output = Result<Option<Self::Row>, DbErr>> + Send;
}

impl<E: EntityTrait<Model: Send>> Only for Select<E> {
    type Row = E::Model;

    async fn only(self, transaction: &DatabaseTransaction) -> Result<Option<E::Model>, DbErr> {
        Ok(self.all(transaction).await?.pop())
    }
}

impl<S: SelectorTrait<Item: Send> + Send> Only for Selector<S> {
    type Row = S::Item;

    async fn only(self, transaction: &DatabaseTransaction) -> Result<Option<S::Item>, DbErr> {
        Ok(self.all(transaction).await?.pop())
    }
}

/// What an optimistic update that touched no row means.
pub(crate) fn expect_one(rows_affected: u64) -> Result<(), StoreError> {
    if rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A stored hash of a secret.
pub(crate) fn secret_hash(stored: &[u8]) -> Result<SecretHash, StoreError> {
    let bytes = stored.try_into().map_err(|_| StoreError::Corrupt("a hash has not 32 bytes".into()))?;
    Ok(SecretHash::new(bytes))
}

/// A value as a JSON column keeps it.
pub(crate) fn to_json(value: &impl Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(|error| StoreError::Backend(error.to_string()))
}

/// What a JSON column keeps. `what` names the column.
pub(crate) fn from_json<T: DeserializeOwned>(what: &'static str, stored: Value) -> Result<T, StoreError> {
    serde_json::from_value(stored).map_err(|error| StoreError::Corrupt(format!("{what}: {error}")))
}
