//! Reviews of overrides that fell behind.

use async_trait::async_trait;
use guildhall_artifacts::{ArtifactKey, Layer, Review, ReviewRepository};
use guildhall_core::{ArtifactVersionId, StoreError, WorkspaceId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter};

use super::artifact_rows::{author, key as key_of, layer as layer_of, layer_column, package_column, read};
use crate::{
    SeaUnitOfWork,
    entity::artifact_review::{ActiveModel, Column, Entity, Model},
    error::store_error,
};

#[async_trait]
impl ReviewRepository for SeaUnitOfWork {
    async fn find(&self, key: &ArtifactKey, layer: Layer) -> Result<Option<Review>, StoreError> {
        let found = self.select::<Entity>()?.filter(of(key, layer)).one(self.transaction()).await;
        found.map_err(store_error)?.map(review).transpose()
    }

    async fn replace(&self, review: &Review) -> Result<(), StoreError> {
        ReviewRepository::delete(self, &review.key, review.layer).await?;
        let edits = serde_json::to_string(&review.edits);
        self.add(ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            kind: Set(review.key.kind.to_string()),
            package: Set(package_column(review.key.name.package.as_ref())),
            path: Set(review.key.name.path.to_string()),
            layer: Set(layer_column(review.layer)),
            base_version_id: Set(review.base.map(ArtifactVersionId::uuid)),
            ours_version_id: Set(review.ours.uuid()),
            theirs_version_id: Set(review.theirs.uuid()),
            state: Set(review.state.as_str().to_owned()),
            edits: Set(edits.map_err(|error| StoreError::Backend(error.to_string()))?),
            deferred: Set(review.deferred),
            author_kind: Set(review.author.kind.clone()),
            author_id: Set(review.author.id),
            way_in: Set(review.author.way_in.clone()),
            author_workspace_id: Set(review.author.workspace.map(WorkspaceId::uuid)),
            at: Set(review.at),
        })
        .await
    }

    async fn delete(&self, key: &ArtifactKey, layer: Layer) -> Result<(), StoreError> {
        let gone =
            SeaUnitOfWork::delete::<Entity>(self)?.filter(of(key, layer)).exec(self.transaction()).await;
        gone.map_err(store_error)?;
        Ok(())
    }
}

fn of(key: &ArtifactKey, layer: Layer) -> Condition {
    Condition::all()
        .add(Column::Kind.eq(key.kind.as_str()))
        .add(Column::Package.eq(package_column(key.name.package.as_ref())))
        .add(Column::Path.eq(key.name.path.as_str()))
        .add(Column::Layer.eq(layer_column(layer)))
}

fn review(row: Model) -> Result<Review, StoreError> {
    let edits = serde_json::from_str(&row.edits);
    Ok(Review {
        key: key_of(&row.kind, &row.package, &row.path)?,
        layer: layer_of(row.layer)?,
        base: row.base_version_id.map(ArtifactVersionId::new),
        ours: ArtifactVersionId::new(row.ours_version_id),
        theirs: ArtifactVersionId::new(row.theirs_version_id),
        state: read("state", &row.state)?,
        edits: edits.map_err(|error| StoreError::Corrupt(format!("edits: {error}")))?,
        deferred: row.deferred,
        author: author(row.author_kind, row.author_id, row.way_in, row.author_workspace_id),
        at: row.at,
    })
}
