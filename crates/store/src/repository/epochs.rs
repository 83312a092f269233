//! Epochs: one row for each scope whose rights change, and the log of what changed them. A scope without a row is at 0.

use async_trait::async_trait;
use guildhall_authz::{Change, Epoch, EpochRepository, EpochScope, Epochs, Raised};
use guildhall_core::{AccountId, StoreError, WorkspaceId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, Statement,
    sea_query::{Expr, OnConflict, Query},
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::{
        authz_change,
        epoch::{Column, Entity, Model},
    },
    error::store_error,
    listen,
};

/// How many changes of a scope the log keeps. A node that has not looked for longer reads everything anew.
const KEPT: i64 = 1_000;
/// At every how many raises old changes are deleted.
const FORGETS_AT: i64 = 100;

/// Where the platform's epoch stands.
const PLATFORM: Uuid = AccountId::PLATFORM.uuid();
/// Where the System space's stands, which is also the System workspace's own.
const SYSTEM: Uuid = WorkspaceId::SYSTEM.uuid();

/// The three that decisions in a workspace follow from.
const EPOCHS: &str = "
select (select value from epoch where scope_id = $1), (select value from epoch where scope_id = $2),
    (select value from epoch where scope_id = $3)";

#[async_trait]
impl EpochRepository for SeaUnitOfWork {
    /// One statement and one row, since every request asks.
    async fn find(&self) -> Result<Epochs, StoreError> {
        let workspace = self.workspace().ok().map(WorkspaceId::uuid);
        let values = [PLATFORM.into(), SYSTEM.into(), workspace.into()];
        let backend = self.transaction().get_database_backend();
        let statement = Statement::from_sql_and_values(backend, EPOCHS, values);
        let row = self.transaction().query_one_raw(statement).await.map_err(store_error)?;
        let row = row.ok_or_else(|| StoreError::Backend("the epochs were not answered".into()))?;
        let value = |column| -> Result<i64, StoreError> {
            Ok(row.try_get_by_index::<Option<i64>>(column).map_err(store_error)?.unwrap_or_default())
        };
        Ok(Epochs { platform: value(0)?, system: value(1)?, workspace: value(2)? })
    }

    async fn list(&self, scopes: &[EpochScope]) -> Result<Vec<Raised>, StoreError> {
        let ids = scopes.iter().map(|scope| scope_id(*scope));
        let rows = Entity::find().filter(Column::ScopeId.is_in(ids)).all(self.transaction()).await;
        let raised = |row: Model| Raised { scope: scope_of(row.scope_id), value: row.value };
        Ok(rows.map_err(store_error)?.into_iter().map(raised).collect())
    }

    /// Writes the row as it is, which locks it whether it is there or not.
    async fn lock(&self) -> Result<(), StoreError> {
        self.count_up(self.workspace()?.uuid(), 0).await?;
        Ok(())
    }

    async fn raise(&self, epoch: Epoch, changes: &[Change]) -> Result<i64, StoreError> {
        let scope = match epoch {
            Epoch::Platform => PLATFORM,
            Epoch::System => SYSTEM,
            Epoch::Workspace => self.workspace()?.uuid(),
        };
        let value = self.count_up(scope, 1).await?;
        self.note_raised(Raised { scope: scope_of(scope), value });
        listen::tell(self.transaction(), scope).await?;
        let fact = Change::spell(changes);
        self.add(authz_change::ActiveModel { scope_id: Set(scope), value: Set(value), fact: Set(fact) })
            .await?;
        self.forget_changes(scope, value).await?;
        Ok(value)
    }

    async fn list_changes(&self, after: i64, up_to: i64) -> Result<Option<Vec<Change>>, StoreError> {
        let rows = authz_change::Entity::find()
            .filter(authz_change::Column::ScopeId.eq(self.workspace()?.uuid()))
            .filter(authz_change::Column::Value.gt(after))
            .filter(authz_change::Column::Value.lte(up_to))
            .order_by_asc(authz_change::Column::Value)
            .all(self.transaction())
            .await
            .map_err(store_error)?;
        // Numbers are the key, so as many rows as numbers are all of them.
        let complete = i64::try_from(rows.len()) == Ok(up_to - after);
        Ok(complete.then(|| rows.iter().flat_map(|row| Change::read(&row.fact)).collect()))
    }
}

impl SeaUnitOfWork {
    /// Deletes what the log need not keep any more, not at each raise but at each hundredth.
    async fn forget_changes(&self, scope: Uuid, value: i64) -> Result<(), StoreError> {
        if value % FORGETS_AT != 0 {
            return Ok(());
        }
        let old = authz_change::Entity::delete_many()
            .filter(authz_change::Column::ScopeId.eq(scope))
            .filter(authz_change::Column::Value.lte(value - KEPT));
        old.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }

    /// Adds to a scope's epoch, makes it where it is not there, and answers what it is then.
    async fn count_up(&self, scope: Uuid, by: i64) -> Result<i64, StoreError> {
        let add = OnConflict::column(Column::ScopeId)
            .value(Column::Value, Expr::col((Entity, Column::Value)).add(by))
            .to_owned();
        let take = Query::insert()
            .into_table(Entity)
            .columns([Column::ScopeId, Column::Value])
            .values_panic([scope.into(), by.into()])
            .on_conflict(add)
            .returning_col(Column::Value)
            .to_owned();
        let row = self.transaction().query_one(&take).await.map_err(store_error)?;
        let row = row.ok_or_else(|| StoreError::Backend("the epoch gave no number".into()))?;
        row.try_get("", "value").map_err(store_error)
    }
}

fn scope_id(scope: EpochScope) -> Uuid {
    match scope {
        EpochScope::Platform => PLATFORM,
        EpochScope::Workspace(id) => id.uuid(),
    }
}

/// Whose epoch has this id.
pub(crate) fn scope_of(id: Uuid) -> EpochScope {
    if id == PLATFORM { EpochScope::Platform } else { EpochScope::Workspace(WorkspaceId::new(id)) }
}
