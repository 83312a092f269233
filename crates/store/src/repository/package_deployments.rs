//! Packages that spaces have deployed.

use async_trait::async_trait;
use guildhall_artifacts::{Deployment, DeploymentRepository, PackageId};
use guildhall_core::{PackageVersionId, StoreError, WorkspaceId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::packages::manifest;
use crate::{
    SeaUnitOfWork,
    entity::{
        package_deployment::{ActiveModel, Column, Entity, Model},
        requirement_directory as directory,
    },
    error::store_error,
};

#[async_trait]
impl DeploymentRepository for SeaUnitOfWork {
    async fn list(&self) -> Result<Vec<(WorkspaceId, Deployment)>, StoreError> {
        let rows = self.select_shared::<Entity>()?.order_by_asc(Column::WorkspaceId);
        let rows = rows.order_by_asc(Column::Package).all(self.transaction()).await;
        let read = |row: Model| Ok((WorkspaceId::new(row.workspace_id), deployment(&row)?));
        rows.map_err(store_error)?.into_iter().map(read).collect()
    }

    async fn list_requiring(&self, package: &PackageId) -> Result<Vec<WorkspaceId>, StoreError> {
        let rows = directory::Entity::find()
            .filter(directory::Column::Package.eq(package.as_str()))
            .order_by_asc(directory::Column::WorkspaceId);
        let rows = rows.all(self.transaction()).await.map_err(store_error)?;
        let mut workspaces: Vec<_> = rows.into_iter().map(|row| WorkspaceId::new(row.workspace_id)).collect();
        workspaces.dedup();
        Ok(workspaces)
    }

    /// Writes the directory's rows too.
    async fn replace(&self, deployment: &Deployment) -> Result<(), StoreError> {
        let manifest = &deployment.manifest;
        DeploymentRepository::delete(self, &manifest.id).await?;
        let workspace = self.workspace()?.uuid();
        self.add(ActiveModel {
            workspace_id: Set(workspace),
            package: Set(manifest.id.to_string()),
            package_home: Set(deployment.home.uuid()),
            package_version_id: Set(deployment.version_id.uuid()),
            version: Set(manifest.version.to_string()),
            digest: Set(manifest.digest.to_string()),
            manifest: Set(manifest.text()),
            generation: Set(deployment.generation),
            deployed_at: Set(deployment.at),
        })
        .await?;
        let rows = manifest.requires.iter().map(|need| directory::ActiveModel {
            package: Set(need.id.to_string()),
            workspace_id: Set(workspace),
            required_by: Set(manifest.id.to_string()),
        });
        self.add_all(rows.collect()).await
    }

    /// Deletes the directory's rows too.
    async fn delete(&self, package: &PackageId) -> Result<(), StoreError> {
        let gone = SeaUnitOfWork::delete::<Entity>(self)?.filter(Column::Package.eq(package.as_str()));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        let indexed = directory::Entity::delete_many()
            .filter(directory::Column::WorkspaceId.eq(self.workspace()?.uuid()))
            .filter(directory::Column::RequiredBy.eq(package.as_str()));
        indexed.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

fn deployment(row: &Model) -> Result<Deployment, StoreError> {
    Ok(Deployment {
        home: WorkspaceId::new(row.package_home),
        version_id: PackageVersionId::new(row.package_version_id),
        manifest: manifest(&row.manifest)?,
        generation: row.generation,
        at: row.deployed_at,
    })
}
