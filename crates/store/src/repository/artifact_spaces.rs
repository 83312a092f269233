//! A space as resolution sees it: its generation and System's, what it has deployed, and what it is offered.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use guildhall_artifacts::{Generations, PackageId, Space, SpaceRepository};
use guildhall_core::{StoreError, WorkspaceId};
use sea_orm::{
    ConnectionTrait, DbBackend, ExprTrait, Statement,
    sea_query::{Expr, OnConflict, Query},
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::artifact_generation::{Column, Entity},
    error::store_error,
};

/// Everything in one statement, since every request that resolves asks. Each part names its space, as every statement does.
const STANDING: &str = "
select 'GENERATION' as what, workspace_id, '' as package, generation, '' as offer
  from artifact_generation where workspace_id in ($1, $2)
union all
select 'DEPLOYED', d.workspace_id, d.package, 0,
       case when o.offer = 'LIST' and n.package is null then 'NONE' else coalesce(o.offer, 'ALL') end
  from package_deployment d
  left join package_offer o on o.workspace_id = d.workspace_id and o.package = d.package
  left join package_offer_workspace n
    on n.workspace_id = o.workspace_id and n.package = o.package and n.named_workspace_id = $1
  where d.workspace_id in ($1, $2)";

#[async_trait]
impl SpaceRepository for SeaUnitOfWork {
    async fn find(&self) -> Result<Space, StoreError> {
        let id = self.workspace()?;
        let backend = self.transaction().get_database_backend();
        let values = [id.uuid().into(), WorkspaceId::SYSTEM.uuid().into()];
        let statement = Statement::from_sql_and_values(backend, STANDING, values);
        let mut generations = Generations { own: 0, system: 0 };
        let (mut deployed, mut offered) = (BTreeSet::new(), BTreeMap::new());
        for row in self.transaction().query_all_raw(statement).await.map_err(store_error)? {
            let what: String = row.try_get("", "what").map_err(store_error)?;
            let space: Uuid = row.try_get("", "workspace_id").map_err(store_error)?;
            let is_system = space == WorkspaceId::SYSTEM.uuid();
            if what == "GENERATION" {
                let generation: i64 = row.try_get("", "generation").map_err(store_error)?;
                if is_system {
                    generations.system = generation;
                }
                if space == id.uuid() {
                    generations.own = generation;
                }
                continue;
            }
            let package: String = row.try_get("", "package").map_err(store_error)?;
            let package: PackageId = super::artifact_rows::read("package", &package)?;
            if is_system {
                let offer: String = row.try_get("", "offer").map_err(store_error)?;
                offered.insert(package.clone(), offer != "NONE");
            }
            if space == id.uuid() {
                deployed.insert(package);
            }
        }
        Ok(Space { id, generations, deployed, offered })
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
