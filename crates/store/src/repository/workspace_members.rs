//! Members of the workspace.

use async_trait::async_trait;
use guildhall_core::{Page, PageRequest, RowVersion, StoreError, UserId};
use guildhall_tenancy::{Member, MemberState, WorkspaceMemberRepository, WorkspaceRole};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::workspace_member::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{Only, expect_one},
};

#[async_trait]
impl WorkspaceMemberRepository for SeaUnitOfWork {
    async fn find(&self, user: UserId) -> Result<Option<Member>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::UserId.eq(user.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(member).transpose()
    }

    async fn list(&self, page: &PageRequest) -> Result<Page<Member>, StoreError> {
        self.page(self.select::<Entity>()?, Column::UserId, page, |row| row.user_id, member).await
    }

    async fn list_all(&self) -> Result<Vec<Member>, StoreError> {
        let all = self.select::<Entity>()?.order_by_asc(Column::UserId);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(member).collect()
    }

    async fn list_by_users(&self, users: &[UserId]) -> Result<Vec<Member>, StoreError> {
        let found = self
            .select::<Entity>()?
            .filter(Column::UserId.is_in(users.iter().map(|user| user.uuid())))
            .order_by_asc(Column::UserId);
        found.all(self.transaction()).await.map_err(store_error)?.into_iter().map(member).collect()
    }

    async fn count_admins(&self) -> Result<u64, StoreError> {
        let admins = self
            .select::<Entity>()?
            .filter(Column::Role.eq(WorkspaceRole::WorkspaceAdmin.as_str()))
            .filter(Column::State.eq(MemberState::Active.as_str()));
        admins.count(self.transaction()).await.map_err(store_error)
    }

    async fn insert(&self, member: &Member) -> Result<(), StoreError> {
        self.add(row(self.workspace()?.uuid(), member, member.version)).await
    }

    async fn update(&self, member: &Member) -> Result<(), StoreError> {
        let changed = row(self.workspace()?.uuid(), member, member.version.next());
        let change = self.update::<Entity>()?.set(changed).filter(as_read(member));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }

    async fn delete(&self, member: &Member) -> Result<(), StoreError> {
        let gone = self.delete::<Entity>()?.filter(as_read(member));
        expect_one(gone.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

/// The row, where nobody has changed it meanwhile.
fn as_read(member: &Member) -> Condition {
    Condition::all()
        .add(Column::UserId.eq(member.user_id.uuid()))
        .add(Column::Version.eq(member.version.number()))
}

fn row(workspace: Uuid, member: &Member, version: RowVersion) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(workspace),
        user_id: Set(member.user_id.uuid()),
        role: Set(member.role.as_str().to_owned()),
        state: Set(member.state.as_str().to_owned()),
        since: Set(member.since),
        version: Set(version.number()),
    }
}

fn member(row: Model) -> Result<Member, StoreError> {
    let Model { workspace_id: _, user_id, role, state, since, version } = row;
    Ok(Member {
        user_id: UserId::new(user_id),
        role: role.parse().map_err(corrupt("workspace_member.role"))?,
        state: state.parse().map_err(corrupt("workspace_member.state"))?,
        since,
        version: RowVersion::new(version),
    })
}
