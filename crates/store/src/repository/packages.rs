//! Uploaded packages.

use async_trait::async_trait;
use guildhall_artifacts::{Manifest, PackageId, PackageRepository, PackageVersion};
use guildhall_core::{PackageVersionId, Page, PageRequest, StoreError, WorkspaceId};
use sea_orm::{ActiveValue::Set, ColumnTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::package_version::{ActiveModel, Column, Entity},
    error::store_error,
    rows::Only,
};

/// An uploaded package without its archive, which nobody reads by the way.
#[derive(FromQueryResult)]
struct Row {
    workspace_id: Uuid,
    id: Uuid,
    manifest: String,
    uploaded_by: Uuid,
    uploaded_at: chrono::DateTime<chrono::Utc>,
}

#[async_trait]
impl PackageRepository for SeaUnitOfWork {
    async fn find(&self, id: PackageVersionId) -> Result<Option<PackageVersion>, StoreError> {
        let found = self.select_shared::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        self.one_package(found).await
    }

    async fn find_version(
        &self,
        package: &PackageId,
        version: &semver::Version,
    ) -> Result<Option<PackageVersion>, StoreError> {
        let found = self
            .select::<Entity>()?
            .filter(Column::Package.eq(package.as_str()))
            .filter(Column::Version.eq(version.to_string()));
        self.one_package(found).await
    }

    async fn list_by_package(&self, package: &PackageId) -> Result<Vec<PackageVersion>, StoreError> {
        let rows = self.select_shared::<Entity>()?.filter(Column::Package.eq(package.as_str()));
        let rows = without_archive(rows.order_by_asc(Column::Id)).into_model::<Row>();
        let rows = rows.all(self.transaction()).await.map_err(store_error)?;
        rows.iter().map(self::package).collect()
    }

    async fn find_archive(&self, id: PackageVersionId) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.select_shared::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        let archive = found.select_only().column(Column::Archive).into_tuple::<Vec<u8>>();
        archive.only(self.transaction()).await.map_err(store_error)
    }

    async fn list(&self, page: &PageRequest) -> Result<Page<PackageVersion>, StoreError> {
        let mut rows = self.select_shared::<Entity>()?.order_by_asc(Column::Id).limit(page.limit as u64 + 1);
        if let Some(last) = page.after.as_ref().and_then(|after| Uuid::try_parse(after).ok()) {
            rows = rows.filter(Column::Id.gt(last));
        }
        let rows = without_archive(rows).into_model::<Row>().all(self.transaction()).await;
        let mut rows = rows.map_err(store_error)?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more).map(|last| last.id.to_string());
        Ok(Page { items: rows.iter().map(package).collect::<Result<_, _>>()?, next })
    }

    async fn insert(&self, version: &PackageVersion, archive: &[u8]) -> Result<(), StoreError> {
        self.add(ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            id: Set(version.id.uuid()),
            package: Set(version.manifest.id.to_string()),
            version: Set(version.manifest.version.to_string()),
            digest: Set(version.manifest.digest.to_string()),
            manifest: Set(version.manifest.text()),
            archive: Set(archive.to_vec()),
            uploaded_by: Set(version.uploaded_by),
            uploaded_at: Set(version.uploaded_at),
        })
        .await
    }
}

impl SeaUnitOfWork {
    async fn one_package(&self, found: Select<Entity>) -> Result<Option<PackageVersion>, StoreError> {
        let row = without_archive(found).into_model::<Row>().only(self.transaction()).await;
        row.map_err(store_error)?.as_ref().map(package).transpose()
    }
}

fn without_archive(rows: Select<Entity>) -> Select<Entity> {
    let columns = [Column::WorkspaceId, Column::Id, Column::Manifest, Column::UploadedBy, Column::UploadedAt];
    rows.select_only().columns(columns)
}

/// A stored manifest.
pub(super) fn manifest(stored: &str) -> Result<Manifest, StoreError> {
    serde_json::from_str(stored).map_err(|error| StoreError::Corrupt(format!("manifest: {error}")))
}

fn package(row: &Row) -> Result<PackageVersion, StoreError> {
    Ok(PackageVersion {
        id: PackageVersionId::new(row.id),
        home: WorkspaceId::new(row.workspace_id),
        manifest: manifest(&row.manifest)?,
        uploaded_by: row.uploaded_by,
        uploaded_at: row.uploaded_at,
    })
}
