//! Versions of artifacts.

use std::collections::BTreeMap;

use async_trait::async_trait;
use guildhall_artifacts::{
    ArtifactVersion, ArtifactVersionRepository, Content, ContentHash, Document, Pattern,
};
use guildhall_core::{ArtifactVersionId, PackageVersionId, StoreError, WorkspaceId};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::artifact_rows::{AT_ONCE, author, base, bytes, key, package_column, read};
use crate::{
    SeaUnitOfWork,
    entity::artifact_version::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
};

#[async_trait]
impl ArtifactVersionRepository for SeaUnitOfWork {
    async fn find(&self, id: ArtifactVersionId) -> Result<Option<ArtifactVersion>, StoreError> {
        let found = self.select_shared::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.one(self.transaction()).await.map_err(store_error)?.map(version).transpose()
    }

    async fn list_documents(
        &self,
        ids: &[ArtifactVersionId],
    ) -> Result<BTreeMap<ArtifactVersionId, Document>, StoreError> {
        let rows = self
            .select_shared::<Entity>()?
            .filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))
            .select_only()
            .columns([Column::Id, Column::Content, Column::Locked, Column::SchemaVersion])
            .into_tuple::<(Uuid, String, String, i64)>();
        let rows = rows.all(self.transaction()).await.map_err(store_error)?;
        let read = |(id, content, locked, schema): (Uuid, String, String, i64)| {
            Ok((ArtifactVersionId::new(id), document(&content, &locked, schema)?))
        };
        rows.into_iter().map(read).collect()
    }

    async fn insert(&self, versions: &[ArtifactVersion]) -> Result<(), StoreError> {
        let workspace = self.workspace()?;
        for some in versions.chunks(AT_ONCE) {
            self.add_all(some.iter().map(|version| row(workspace, version)).collect::<Result<_, _>>()?)
                .await?;
        }
        Ok(())
    }
}

fn row(workspace: WorkspaceId, version: &ArtifactVersion) -> Result<ActiveModel, StoreError> {
    let locked = serde_json::to_string(&version.locked);
    let content = version.content.text();
    Ok(ActiveModel {
        workspace_id: Set(workspace.uuid()),
        id: Set(version.id.uuid()),
        kind: Set(version.key.kind.to_string()),
        package: Set(package_column(version.key.name.package.as_ref())),
        path: Set(version.key.name.path.to_string()),
        number: Set(version.number),
        content_hash: Set(ContentHash::of(content.as_bytes()).bytes().to_vec()),
        content: Set(content),
        locked: Set(locked.map_err(|error| StoreError::Backend(error.to_string()))?),
        schema_version: Set(version.schema_version.into()),
        title: Set(version.title.clone()),
        enabled: Set(version.content.is_enabled()),
        base_home: Set(version.base.map(|base| base.space.uuid())),
        base_version_id: Set(version.base.map(|base| base.id.uuid())),
        base_hash: bytes(version.base.map(|base| base.hash)),
        origin: Set(version.origin.as_str().to_owned()),
        package_version_id: Set(version.package_version.map(PackageVersionId::uuid)),
        author_kind: Set(version.author.kind.clone()),
        author_id: Set(version.author.id),
        way_in: Set(version.author.way_in.clone()),
        author_workspace_id: Set(version.author.workspace.map(WorkspaceId::uuid)),
        at: Set(version.at),
    })
}

/// What a version says, from its columns.
pub(super) fn document(content: &str, locked: &str, schema_version: i64) -> Result<Document, StoreError> {
    let content = Content::from_text(content).map_err(corrupt("content"))?;
    let schema_version = u32::try_from(schema_version);
    Ok(Document {
        content,
        locked: locks(locked)?,
        schema_version: schema_version
            .map_err(|error| StoreError::Corrupt(format!("schema_version: {error}")))?,
    })
}

/// What a version locks, from its column.
pub(super) fn locks(stored: &str) -> Result<Vec<Pattern>, StoreError> {
    serde_json::from_str(stored).map_err(|error| StoreError::Corrupt(format!("locked: {error}")))
}

fn version(row: Model) -> Result<ArtifactVersion, StoreError> {
    let document = document(&row.content, &row.locked, row.schema_version)?;
    Ok(ArtifactVersion {
        id: ArtifactVersionId::new(row.id),
        key: key(&row.kind, &row.package, &row.path)?,
        number: row.number,
        content: document.content,
        locked: document.locked,
        schema_version: document.schema_version,
        title: row.title,
        base: base(row.base_home, row.base_version_id, row.base_hash.as_deref())?,
        origin: read("origin", &row.origin)?,
        package_version: row.package_version_id.map(PackageVersionId::new),
        author: author(row.author_kind, row.author_id, row.way_in, row.author_workspace_id),
        at: row.at,
    })
}
