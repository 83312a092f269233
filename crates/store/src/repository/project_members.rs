//! Members of projects.

use async_trait::async_trait;
use guildhall_core::{ProjectId, StoreError, UserId};
use guildhall_orchestration::{ProjectMember, ProjectMemberRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, Select};

use crate::{
    SeaUnitOfWork,
    entity::project_member::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::expect_one,
};

#[async_trait]
impl ProjectMemberRepository for SeaUnitOfWork {
    async fn find(
        &self,
        project_id: ProjectId,
        user_id: UserId,
    ) -> Result<Option<ProjectMember>, StoreError> {
        let found = self.select::<Entity>()?.filter(key(project_id, user_id));
        found.one(self.transaction()).await.map_err(store_error)?.as_ref().map(member).transpose()
    }

    async fn list(&self) -> Result<Vec<ProjectMember>, StoreError> {
        self.project_members_in_order(self.select::<Entity>()?).await
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<ProjectMember>, StoreError> {
        self.project_members_in_order(
            self.select::<Entity>()?.filter(Column::ProjectId.eq(project_id.uuid())),
        )
        .await
    }

    async fn list_by_user(&self, user_id: UserId) -> Result<Vec<ProjectMember>, StoreError> {
        self.project_members_in_order(self.select::<Entity>()?.filter(Column::UserId.eq(user_id.uuid())))
            .await
    }

    async fn insert(&self, member: &ProjectMember) -> Result<(), StoreError> {
        self.add(ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            project_id: Set(member.project_id.uuid()),
            user_id: Set(member.user_id.uuid()),
            role: Set(member.role.as_str().to_owned()),
            added_at: Set(member.added_at),
        })
        .await
    }

    async fn update(&self, member: &ProjectMember) -> Result<(), StoreError> {
        let row = ActiveModel {
            role: Set(member.role.as_str().to_owned()),
            added_at: Set(member.added_at),
            ..Default::default()
        };
        let change = self.update::<Entity>()?.set(row).filter(key(member.project_id, member.user_id));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }

    async fn delete(&self, project_id: ProjectId, user_id: UserId) -> Result<(), StoreError> {
        let gone = self.delete::<Entity>()?.filter(key(project_id, user_id));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

impl SeaUnitOfWork {
    async fn project_members_in_order(
        &self,
        found: Select<Entity>,
    ) -> Result<Vec<ProjectMember>, StoreError> {
        let ordered = found.order_by_asc(Column::ProjectId).order_by_asc(Column::UserId);
        ordered.all(self.transaction()).await.map_err(store_error)?.iter().map(member).collect()
    }
}

fn key(project_id: ProjectId, user_id: UserId) -> Condition {
    Condition::all().add(Column::ProjectId.eq(project_id.uuid())).add(Column::UserId.eq(user_id.uuid()))
}

fn member(row: &Model) -> Result<ProjectMember, StoreError> {
    Ok(ProjectMember {
        project_id: ProjectId::new(row.project_id),
        user_id: UserId::new(row.user_id),
        role: row.role.parse().map_err(corrupt("project_member.role"))?,
        added_at: row.added_at,
    })
}
