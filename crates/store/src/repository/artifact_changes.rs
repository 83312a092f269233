//! What was done to artifacts.

use async_trait::async_trait;
use guildhall_artifacts::{ArtifactChange, ArtifactChangeRepository, ArtifactKey};
use guildhall_core::{ArtifactVersionId, Page, PageRequest, StoreError, WorkspaceId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::artifact_rows::{AT_ONCE, author, key as key_of, layer, layer_column, package_column, read};
use crate::{
    SeaUnitOfWork,
    entity::artifact_change::{ActiveModel, Column, Entity, Model},
    error::store_error,
};

#[async_trait]
impl ArtifactChangeRepository for SeaUnitOfWork {
    async fn list(&self, key: &ArtifactKey, page: &PageRequest) -> Result<Page<ArtifactChange>, StoreError> {
        let mut rows = self
            .select::<Entity>()?
            .filter(Column::Kind.eq(key.kind.as_str()))
            .filter(Column::Package.eq(package_column(key.name.package.as_ref())))
            .filter(Column::Path.eq(key.name.path.as_str()));
        if let Some((generation, layer)) = page.after.as_deref().and_then(end) {
            let place =
                Expr::tuple([Expr::col((Entity, Column::Generation)), Expr::col((Entity, Column::Layer))]);
            rows = rows.filter(place.lt(Expr::tuple([Expr::value(generation), Expr::value(layer)])));
        }
        let rows = rows.order_by_desc(Column::Generation).order_by_desc(Column::Layer);
        let rows = rows.limit(page.limit as u64 + 1).all(self.transaction()).await;
        let mut rows = rows.map_err(store_error)?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.generation, last.layer));
        Ok(Page { items: rows.into_iter().map(change).collect::<Result<_, _>>()?, next })
    }

    async fn list_by_generation(&self, generation: i64) -> Result<Vec<ArtifactChange>, StoreError> {
        let rows = self
            .select::<Entity>()?
            .filter(Column::Generation.eq(generation))
            .order_by_asc(Column::Kind)
            .order_by_asc(Column::Package)
            .order_by_asc(Column::Path)
            .order_by_asc(Column::Layer);
        let rows = rows.all(self.transaction()).await.map_err(store_error)?;
        rows.into_iter().map(change).collect()
    }

    async fn insert(&self, changes: &[ArtifactChange]) -> Result<(), StoreError> {
        let workspace = self.workspace()?;
        for some in changes.chunks(AT_ONCE) {
            self.add_all(some.iter().map(|change| row(workspace, change)).collect()).await?;
        }
        Ok(())
    }
}

fn row(workspace: WorkspaceId, change: &ArtifactChange) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(workspace.uuid()),
        kind: Set(change.key.kind.to_string()),
        package: Set(package_column(change.key.name.package.as_ref())),
        path: Set(change.key.name.path.to_string()),
        generation: Set(change.generation),
        layer: Set(layer_column(change.layer)),
        act: Set(change.act.as_str().to_owned()),
        before_version_id: Set(change.before.map(ArtifactVersionId::uuid)),
        after_version_id: Set(change.after.map(ArtifactVersionId::uuid)),
        author_kind: Set(change.author.kind.clone()),
        author_id: Set(change.author.id),
        way_in: Set(change.author.way_in.clone()),
        author_workspace_id: Set(change.author.workspace.map(WorkspaceId::uuid)),
        at: Set(change.at),
    }
}

fn end(text: &str) -> Option<(i64, i16)> {
    let (generation, layer) = text.split_once('.')?;
    Some((generation.parse().ok()?, layer.parse().ok()?))
}

fn change(row: Model) -> Result<ArtifactChange, StoreError> {
    Ok(ArtifactChange {
        key: key_of(&row.kind, &row.package, &row.path)?,
        generation: row.generation,
        layer: layer(row.layer)?,
        act: read("act", &row.act)?,
        before: row.before_version_id.map(ArtifactVersionId::new),
        after: row.after_version_id.map(ArtifactVersionId::new),
        author: author(row.author_kind, row.author_id, row.way_in, row.author_workspace_id),
        at: row.at,
    })
}
