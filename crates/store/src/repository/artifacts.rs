//! Live pointers of artifacts.

use std::collections::BTreeSet;

use async_trait::async_trait;
use guildhall_artifacts::{
    ArtifactKey, ArtifactName, ArtifactRepository, KindName, Layer, PackageId, Pattern, Placed, Space, Stack,
    Stretch, StretchQuery, What,
};
use guildhall_core::{StoreError, WorkspaceId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::OnConflict};

use super::artifact_rows::{AT_ONCE, layer_column, package_column, row};
use crate::{
    SeaUnitOfWork,
    entity::{
        artifact::{Column, Entity},
        override_directory as directory,
    },
    error::store_error,
};

#[async_trait]
impl ArtifactRepository for SeaUnitOfWork {
    async fn find_top(&self, key: &ArtifactKey) -> Result<(Space, Stack), StoreError> {
        self.read_top(key).await
    }

    async fn find(&self, key: &ArtifactKey) -> Result<(Space, Stack), StoreError> {
        self.read_at_key(key).await
    }

    async fn list(&self, query: &StretchQuery) -> Result<(Space, Stretch), StoreError> {
        self.read_part(query).await
    }

    async fn list_own(&self, kind: &KindName) -> Result<Vec<(ArtifactName, Stack)>, StoreError> {
        self.read_own(kind).await
    }

    async fn list_by_package(
        &self,
        package: &PackageId,
        layer: Layer,
    ) -> Result<Vec<(ArtifactKey, Placed, Vec<Pattern>)>, StoreError> {
        self.read_package(package, layer).await
    }

    /// Writes the directory's rows too.
    async fn replace(&self, placed: &[(ArtifactKey, Placed)]) -> Result<(), StoreError> {
        let workspace = self.workspace()?;
        for some in placed.chunks(AT_ONCE) {
            let rows = some.iter().map(|(key, placed)| row(workspace, key, placed));
            let put = Entity::insert_many(rows).on_conflict(in_place());
            put.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        }
        for (key, placed) in placed.iter().filter(|(_, placed)| placed.layer.overrides()) {
            self.index_override(key, placed).await?;
        }
        Ok(())
    }

    async fn list_overriding(&self, keys: &[ArtifactKey]) -> Result<Vec<WorkspaceId>, StoreError> {
        let mut found = BTreeSet::new();
        for some in keys.chunks(AT_ONCE) {
            let any = some.iter().fold(Condition::any(), |any, key| any.add(indexed(key)));
            let rows = directory::Entity::find().filter(any).all(self.transaction()).await;
            found
                .extend(rows.map_err(store_error)?.into_iter().map(|row| WorkspaceId::new(row.workspace_id)));
        }
        Ok(found.into_iter().collect())
    }
}

/// A row takes the place of the one at the same key in the same layer.
fn in_place() -> OnConflict {
    let keys = [Column::WorkspaceId, Column::Kind, Column::Package, Column::Path, Column::Layer];
    let rest = [
        Column::Generation,
        Column::State,
        Column::VersionId,
        Column::Number,
        Column::ContentHash,
        Column::Title,
        Column::Enabled,
        Column::BaseHome,
        Column::BaseVersionId,
        Column::BaseHash,
        Column::Origin,
        Column::At,
    ];
    OnConflict::columns(keys).update_columns(rest).to_owned()
}

/// A key's rows in the directory.
fn indexed(key: &ArtifactKey) -> Condition {
    Condition::all()
        .add(directory::Column::Kind.eq(key.kind.as_str()))
        .add(directory::Column::Package.eq(package_column(key.name.package.as_ref())))
        .add(directory::Column::Path.eq(key.name.path.as_str()))
}

impl SeaUnitOfWork {
    /// A workspace stays in the directory as long as anything stands in one of its layers over others.
    async fn index_override(&self, key: &ArtifactKey, placed: &Placed) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        let row = directory::ActiveModel {
            kind: Set(key.kind.to_string()),
            package: Set(package_column(key.name.package.as_ref())),
            path: Set(key.name.path.to_string()),
            workspace_id: Set(workspace),
        };
        if matches!(placed.what, What::Gone { .. }) {
            let gone = directory::Entity::delete_many().filter(indexed(key));
            let gone = gone.filter(directory::Column::WorkspaceId.eq(workspace));
            gone.exec(self.transaction()).await.map_err(store_error)?;
            if !self.has_override(key).await? {
                return Ok(());
            }
        }
        let insert = directory::Entity::insert(row).on_conflict_do_nothing();
        insert.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }

    async fn has_override(&self, key: &ArtifactKey) -> Result<bool, StoreError> {
        let others = self
            .select::<Entity>()?
            .filter(at_key(key))
            .filter(Column::Layer.gte(layer_column(Layer::Published)))
            .filter(Column::State.ne("GONE"));
        Ok(others.one(self.transaction()).await.map_err(store_error)?.is_some())
    }
}

fn at_key(key: &ArtifactKey) -> Condition {
    Condition::all()
        .add(Column::Kind.eq(key.kind.as_str()))
        .add(Column::Package.eq(package_column(key.name.package.as_ref())))
        .add(Column::Path.eq(key.name.path.as_str()))
}
