//! Members of projects.

use std::collections::BTreeMap;

use async_trait::async_trait;
use guildhall_core::{MetaRoleCode, ProjectId, StoreError, UserId};
use guildhall_orchestration::{ProjectMember, ProjectMemberRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, Select};

use crate::{
    SeaUnitOfWork,
    entity::{
        project_member::{ActiveModel, Column, Entity, Model},
        project_member_meta_role as extra,
    },
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
        let extras = self.select::<extra::Entity>()?.filter(extra_key(project_id, user_id));
        Ok(self.project_members_in_order(found, extras).await?.pop())
    }

    async fn list(&self) -> Result<Vec<ProjectMember>, StoreError> {
        self.project_members_in_order(self.select::<Entity>()?, self.select::<extra::Entity>()?).await
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<ProjectMember>, StoreError> {
        self.project_members_in_order(
            self.select::<Entity>()?.filter(Column::ProjectId.eq(project_id.uuid())),
            self.select::<extra::Entity>()?.filter(extra::Column::ProjectId.eq(project_id.uuid())),
        )
        .await
    }

    async fn list_by_user(&self, user_id: UserId) -> Result<Vec<ProjectMember>, StoreError> {
        self.project_members_in_order(
            self.select::<Entity>()?.filter(Column::UserId.eq(user_id.uuid())),
            self.select::<extra::Entity>()?.filter(extra::Column::UserId.eq(user_id.uuid())),
        )
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
        .await?;
        self.add_extras(member).await
    }

    async fn update(&self, member: &ProjectMember) -> Result<(), StoreError> {
        let row = ActiveModel {
            role: Set(member.role.as_str().to_owned()),
            added_at: Set(member.added_at),
            ..Default::default()
        };
        let change = self.update::<Entity>()?.set(row).filter(key(member.project_id, member.user_id));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)?;
        self.remove_extras(member.project_id, member.user_id).await?;
        self.add_extras(member).await
    }

    async fn delete(&self, project_id: ProjectId, user_id: UserId) -> Result<(), StoreError> {
        self.remove_extras(project_id, user_id).await?;
        let gone = self.delete::<Entity>()?.filter(key(project_id, user_id));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

impl SeaUnitOfWork {
    async fn project_members_in_order(
        &self,
        found: Select<Entity>,
        extras: Select<extra::Entity>,
    ) -> Result<Vec<ProjectMember>, StoreError> {
        let ordered = found.order_by_asc(Column::ProjectId).order_by_asc(Column::UserId);
        let rows = ordered.all(self.transaction()).await.map_err(store_error)?;
        let extras = extras.order_by_asc(extra::Column::MetaRole).all(self.transaction()).await;
        let mut meta_roles: BTreeMap<_, Vec<MetaRoleCode>> = BTreeMap::new();
        for row in extras.map_err(store_error)? {
            let code = row.meta_role.parse().map_err(corrupt("project_member_meta_role.meta_role"))?;
            meta_roles.entry((row.project_id, row.user_id)).or_default().push(code);
        }
        let of = |row: &Model| meta_roles.get(&(row.project_id, row.user_id)).cloned().unwrap_or_default();
        rows.iter().map(|row| member(row, of(row))).collect()
    }

    /// The meta roles that the member has besides what follows from his role.
    async fn add_extras(&self, member: &ProjectMember) -> Result<(), StoreError> {
        let workspace_id = self.workspace()?.uuid();
        let rows = member.meta_roles.iter().map(|meta_role| extra::ActiveModel {
            workspace_id: Set(workspace_id),
            project_id: Set(member.project_id.uuid()),
            user_id: Set(member.user_id.uuid()),
            meta_role: Set(meta_role.to_string()),
        });
        self.add_all(rows.collect()).await
    }

    async fn remove_extras(&self, project_id: ProjectId, user_id: UserId) -> Result<(), StoreError> {
        let gone = self.delete::<extra::Entity>()?.filter(extra_key(project_id, user_id));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

fn key(project_id: ProjectId, user_id: UserId) -> Condition {
    Condition::all().add(Column::ProjectId.eq(project_id.uuid())).add(Column::UserId.eq(user_id.uuid()))
}

fn extra_key(project_id: ProjectId, user_id: UserId) -> Condition {
    Condition::all()
        .add(extra::Column::ProjectId.eq(project_id.uuid()))
        .add(extra::Column::UserId.eq(user_id.uuid()))
}

fn member(row: &Model, meta_roles: Vec<MetaRoleCode>) -> Result<ProjectMember, StoreError> {
    Ok(ProjectMember {
        project_id: ProjectId::new(row.project_id),
        user_id: UserId::new(row.user_id),
        role: row.role.parse().map_err(corrupt("project_member.role"))?,
        meta_roles,
        added_at: row.added_at,
    })
}
