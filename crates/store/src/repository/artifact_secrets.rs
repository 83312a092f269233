//! Sealed values of secret fields.

use async_trait::async_trait;
use guildhall_artifacts::{ArtifactKey, SecretRepository};
use guildhall_core::StoreError;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect};

use super::artifact_rows::package_column;
use crate::{
    SeaUnitOfWork,
    entity::artifact_secret::{ActiveModel, Column, Entity},
    error::store_error,
};

#[async_trait]
impl SecretRepository for SeaUnitOfWork {
    async fn list(&self, key: &ArtifactKey) -> Result<Vec<String>, StoreError> {
        let rows = self.select::<Entity>()?.filter(at_key(key)).order_by_asc(Column::Pointer);
        let pointers = rows.select_only().column(Column::Pointer).into_tuple::<String>();
        pointers.all(self.transaction()).await.map_err(store_error)
    }

    async fn replace(
        &self,
        key: &ArtifactKey,
        pointer: &str,
        sealed: Option<Vec<u8>>,
    ) -> Result<(), StoreError> {
        let gone = self.delete::<Entity>()?.filter(at_key(key)).filter(Column::Pointer.eq(pointer));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        let Some(sealed) = sealed else { return Ok(()) };
        self.add(ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            kind: Set(key.kind.to_string()),
            package: Set(package_column(key.name.package.as_ref())),
            path: Set(key.name.path.to_string()),
            pointer: Set(pointer.to_owned()),
            sealed: Set(sealed),
        })
        .await
    }
}

fn at_key(key: &ArtifactKey) -> Condition {
    Condition::all()
        .add(Column::Kind.eq(key.kind.as_str()))
        .add(Column::Package.eq(package_column(key.name.package.as_ref())))
        .add(Column::Path.eq(key.name.path.as_str()))
}
