//! Drafts of what is to be published.

use async_trait::async_trait;
use guildhall_artifacts::{ArtifactKey, Content, Draft, DraftRepository};
use guildhall_core::{RowVersion, StoreError, WorkspaceId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder};

use super::artifact_rows::{author, base, bytes, key as key_of, package_column, read};
use crate::{
    SeaUnitOfWork,
    entity::artifact_draft::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
};

#[async_trait]
impl DraftRepository for SeaUnitOfWork {
    async fn find(&self, key: &ArtifactKey) -> Result<Option<Draft>, StoreError> {
        let found = self.select::<Entity>()?.filter(at_key(key)).one(self.transaction()).await;
        found.map_err(store_error)?.map(draft).transpose()
    }

    async fn list(&self) -> Result<Vec<Draft>, StoreError> {
        let all = self.select::<Entity>()?.order_by_asc(Column::Kind).order_by_asc(Column::Package);
        let all = all.order_by_asc(Column::Path).all(self.transaction()).await;
        all.map_err(store_error)?.into_iter().map(draft).collect()
    }

    async fn replace(&self, draft: &Draft) -> Result<(), StoreError> {
        DraftRepository::delete(self, &draft.key).await?;
        self.add(ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            kind: Set(draft.key.kind.to_string()),
            package: Set(package_column(draft.key.name.package.as_ref())),
            path: Set(draft.key.name.path.to_string()),
            act: Set(draft.act.as_str().to_owned()),
            content: Set(draft.content.as_ref().map(Content::text)),
            base_home: Set(draft.base.map(|base| base.space.uuid())),
            base_version_id: Set(draft.base.map(|base| base.id.uuid())),
            base_hash: bytes(draft.base.map(|base| base.hash)),
            published_at: Set(draft.published_at),
            version: Set(draft.version.number()),
            author_kind: Set(draft.author.kind.clone()),
            author_id: Set(draft.author.id),
            way_in: Set(draft.author.way_in.clone()),
            author_workspace_id: Set(draft.author.workspace.map(WorkspaceId::uuid)),
            at: Set(draft.at),
        })
        .await
    }

    async fn delete(&self, key: &ArtifactKey) -> Result<(), StoreError> {
        let gone = SeaUnitOfWork::delete::<Entity>(self)?.filter(at_key(key)).exec(self.transaction()).await;
        gone.map_err(store_error)?;
        Ok(())
    }
}

fn at_key(key: &ArtifactKey) -> Condition {
    Condition::all()
        .add(Column::Kind.eq(key.kind.as_str()))
        .add(Column::Package.eq(package_column(key.name.package.as_ref())))
        .add(Column::Path.eq(key.name.path.as_str()))
}

fn draft(row: Model) -> Result<Draft, StoreError> {
    let content = row.content.as_deref().map(Content::from_text).transpose();
    Ok(Draft {
        key: key_of(&row.kind, &row.package, &row.path)?,
        act: read("act", &row.act)?,
        content: content.map_err(corrupt("content"))?,
        base: base(row.base_home, row.base_version_id, row.base_hash.as_deref())?,
        published_at: row.published_at,
        version: RowVersion::new(row.version),
        author: author(row.author_kind, row.author_id, row.way_in, row.author_workspace_id),
        at: row.at,
    })
}
