//! With which view presets people look at projects.

use async_trait::async_trait;
use guildhall_core::{ProjectId, RowVersion, StoreError, UserId};
use guildhall_orchestration::{ViewChoice, ViewChoiceRepository};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    SeaUnitOfWork,
    entity::view_choice::{ActiveModel, Column, Entity, Model},
    error::store_error,
    rows::{Only, expect_one},
};

#[async_trait]
impl ViewChoiceRepository for SeaUnitOfWork {
    async fn find(&self, project_id: ProjectId, user_id: UserId) -> Result<Option<ViewChoice>, StoreError> {
        let found = self
            .select::<Entity>()?
            .filter(Column::ProjectId.eq(project_id.uuid()))
            .filter(Column::UserId.eq(user_id.uuid()));
        Ok(found.only(self.transaction()).await.map_err(store_error)?.map(choice))
    }

    async fn replace(&self, choice: &ViewChoice) -> Result<(), StoreError> {
        let row = ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            project_id: Set(choice.project_id.uuid()),
            user_id: Set(choice.user_id.uuid()),
            preset: Set(choice.preset.clone()),
            version: Set(choice.version.number()),
        };
        // Whoever chose meanwhile has taken this version.
        let as_read = Expr::col((Entity, Column::Version)).add(1).eq(choice.version.number());
        let replace = OnConflict::columns([Column::WorkspaceId, Column::ProjectId, Column::UserId])
            .update_columns([Column::Preset, Column::Version])
            .action_and_where(as_read)
            .to_owned();
        let put = Entity::insert(row).on_conflict(replace);
        expect_one(put.exec_without_returning(self.transaction()).await.map_err(store_error)?)
    }
}

fn choice(row: Model) -> ViewChoice {
    ViewChoice {
        project_id: ProjectId::new(row.project_id),
        user_id: UserId::new(row.user_id),
        preset: row.preset,
        version: RowVersion::new(row.version),
    }
}
