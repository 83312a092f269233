//! Members of groups.

use async_trait::async_trait;
use guildhall_authz::{GroupMemberRepository, GroupMembership};
use guildhall_core::{GroupId, Page, PageRequest, StoreError, UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, Select};

use crate::{
    SeaUnitOfWork,
    entity::group_member::{ActiveModel, Column, Entity, Model},
    error::store_error,
    rows::Only,
};

#[async_trait]
impl GroupMemberRepository for SeaUnitOfWork {
    async fn find(&self, group: GroupId, user: UserId) -> Result<Option<GroupMembership>, StoreError> {
        let found = self.select::<Entity>()?.filter(key(group, user));
        Ok(found.only(self.transaction()).await.map_err(store_error)?.as_ref().map(membership))
    }

    async fn list(&self) -> Result<Vec<GroupMembership>, StoreError> {
        self.group_members_in_order(self.select::<Entity>()?).await
    }

    async fn list_page(
        &self,
        group: GroupId,
        page: &PageRequest,
    ) -> Result<Page<GroupMembership>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::GroupId.eq(group.uuid()));
        self.page(found, Column::UserId, page, |row| row.user_id, |row| Ok(membership(&row))).await
    }

    async fn list_by_group(&self, group: GroupId) -> Result<Vec<GroupMembership>, StoreError> {
        self.group_members_in_order(self.select::<Entity>()?.filter(Column::GroupId.eq(group.uuid()))).await
    }

    async fn list_by_user(&self, user: UserId) -> Result<Vec<GroupMembership>, StoreError> {
        self.group_members_in_order(self.select::<Entity>()?.filter(Column::UserId.eq(user.uuid()))).await
    }

    async fn insert(&self, membership: &GroupMembership) -> Result<(), StoreError> {
        self.add(ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            group_id: Set(membership.group.uuid()),
            user_id: Set(membership.user.uuid()),
            added_at: Set(membership.added_at),
        })
        .await
    }

    async fn delete(&self, group: GroupId, user: UserId) -> Result<(), StoreError> {
        let gone = self.delete::<Entity>()?.filter(key(group, user));
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

impl SeaUnitOfWork {
    async fn group_members_in_order(
        &self,
        found: Select<Entity>,
    ) -> Result<Vec<GroupMembership>, StoreError> {
        let ordered = found.order_by_asc(Column::GroupId).order_by_asc(Column::UserId);
        let rows = ordered.all(self.transaction()).await.map_err(store_error)?;
        Ok(rows.iter().map(membership).collect())
    }
}

fn key(group: GroupId, user: UserId) -> Condition {
    Condition::all().add(Column::GroupId.eq(group.uuid())).add(Column::UserId.eq(user.uuid()))
}

fn membership(row: &Model) -> GroupMembership {
    let Model { workspace_id: _, group_id, user_id, added_at } = *row;
    GroupMembership { group: GroupId::new(group_id), user: UserId::new(user_id), added_at }
}
