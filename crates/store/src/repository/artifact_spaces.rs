//! A space as resolution sees it: its generation and System's, what it has deployed, and what it is offered.

use async_trait::async_trait;
use guildhall_artifacts::{Space, SpaceRepository};
use guildhall_core::StoreError;
use sea_orm::{
    ConnectionTrait, DbBackend, ExprTrait, Statement,
    sea_query::{Expr, OnConflict, Query},
};

use crate::{
    SeaUnitOfWork,
    entity::artifact_generation::{Column, Entity},
    error::store_error,
};

#[async_trait]
impl SpaceRepository for SeaUnitOfWork {
    async fn find(&self) -> Result<Space, StoreError> {
        self.read_space().await
    }

    async fn find_locked(&self) -> Result<Space, StoreError> {
        self.count_generation(0).await?;
        SpaceRepository::find(self).await
    }

    async fn raise(&self) -> Result<i64, StoreError> {
        self.count_generation(1).await
    }
}

/// What workspaces that change and System that changes wait for each other on.
const SYSTEM_CHANGES: i64 = 0x6775_696c_6172_7466;

impl SeaUnitOfWork {
    /// Workspaces change side by side; while System changes, none does, so that what it does to all of them misses nothing. On
    /// SQLite there is one writer anyway.
    async fn wait_for_system(&self) -> Result<(), StoreError> {
        let backend = self.transaction().get_database_backend();
        if backend != DbBackend::Postgres {
            return Ok(());
        }
        let lock = if self.workspace()?.is_system() {
            "select pg_advisory_xact_lock($1)"
        } else {
            "select pg_advisory_xact_lock_shared($1)"
        };
        let lock = Statement::from_sql_and_values(backend, lock, [SYSTEM_CHANGES.into()]);
        self.transaction().execute_raw(lock).await.map_err(store_error)?;
        Ok(())
    }

    /// Adds to the space's generation, makes it where it is not there, and locks it either way.
    async fn count_generation(&self, by: i64) -> Result<i64, StoreError> {
        self.wait_for_system().await?;
        let add = OnConflict::column(Column::WorkspaceId)
            .value(Column::Generation, Expr::col((Entity, Column::Generation)).add(by))
            .to_owned();
        let take = Query::insert()
            .into_table(Entity)
            .columns([Column::WorkspaceId, Column::Generation])
            .values_panic([self.workspace()?.uuid().into(), by.into()])
            .on_conflict(add)
            .returning_col(Column::Generation)
            .to_owned();
        let row = self.transaction().query_one(&take).await.map_err(store_error)?;
        let row = row.ok_or_else(|| StoreError::Backend("the generation gave no number".into()))?;
        row.try_get("", "generation").map_err(store_error)
    }
}
