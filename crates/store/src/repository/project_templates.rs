//! What projects were made from.

use async_trait::async_trait;
use guildhall_core::{ArtifactVersionId, ProjectId, StoreError, WorkspaceId};
use guildhall_orchestration::{ProjectState, ProjectTemplateRepository, TemplateUse};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::OnConflict,
};

use crate::{
    SeaUnitOfWork,
    entity::{
        project,
        project_template::{ActiveModel, Column, Entity, Model},
        template_directory as directory,
    },
    error::store_error,
    rows::Only,
};

#[async_trait]
impl ProjectTemplateRepository for SeaUnitOfWork {
    async fn find(&self, project_id: ProjectId) -> Result<Option<TemplateUse>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::ProjectId.eq(project_id.uuid()));
        Ok(found.only(self.transaction()).await.map_err(store_error)?.map(used))
    }

    async fn list_by_package(&self, package: &str) -> Result<Vec<TemplateUse>, StoreError> {
        let active = self
            .select::<project::Entity>()?
            .filter(project::Column::State.eq(ProjectState::Active.as_str()))
            .select_only()
            .column(project::Column::Id)
            .into_query();
        let found = self
            .select::<Entity>()?
            .filter(Column::Package.eq(package))
            .filter(Column::ProjectId.in_subquery(active))
            .order_by_asc(Column::ProjectId);
        Ok(found.all(self.transaction()).await.map_err(store_error)?.into_iter().map(used).collect())
    }

    async fn list_workspaces(&self, package: &str) -> Result<Vec<WorkspaceId>, StoreError> {
        let rows = directory::Entity::find()
            .filter(directory::Column::Package.eq(package))
            .order_by_asc(directory::Column::WorkspaceId);
        let rows = rows.all(self.transaction()).await.map_err(store_error)?;
        Ok(rows.into_iter().map(|row| WorkspaceId::new(row.workspace_id)).collect())
    }

    /// Writes the directory's row too.
    async fn insert(&self, used: &TemplateUse) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add(ActiveModel {
            workspace_id: Set(workspace),
            project_id: Set(used.project_id.uuid()),
            package: Set(used.package.clone().unwrap_or_default()),
            path: Set(used.path.clone()),
            version_id: Set(used.version_id.uuid()),
        })
        .await?;
        let Some(package) = &used.package else { return Ok(()) };
        let row = directory::ActiveModel { package: Set(package.clone()), workspace_id: Set(workspace) };
        let known = OnConflict::columns([directory::Column::Package, directory::Column::WorkspaceId])
            .do_nothing()
            .to_owned();
        let put = directory::Entity::insert(row).on_conflict(known);
        put.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

fn used(row: Model) -> TemplateUse {
    TemplateUse {
        project_id: ProjectId::new(row.project_id),
        package: Some(row.package).filter(|package| !package.is_empty()),
        path: row.path,
        version_id: ArtifactVersionId::new(row.version_id),
    }
}
