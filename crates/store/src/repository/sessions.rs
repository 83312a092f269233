//! Sign-ins.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{SessionId, StoreError, UserId, WorkspaceId};
use guildhall_identity::{Session, SessionRepository};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect as _,
};

use crate::{
    SeaUnitOfWork,
    entity::session::{ActiveModel, Column, Entity, Model},
    error::store_error,
    rows::{Only, secret_hash},
};

#[async_trait]
impl SessionRepository for SeaUnitOfWork {
    async fn find(&self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let row = Entity::find_by_id(id.uuid()).only(self.transaction()).await.map_err(store_error)?;
        row.map(session).transpose()
    }

    async fn find_for_update(&self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let row = Entity::find_by_id(id.uuid()).lock_exclusive().only(self.transaction()).await;
        row.map_err(store_error)?.map(session).transpose()
    }

    async fn list_by_ids(&self, ids: &[SessionId]) -> Result<Vec<Session>, StoreError> {
        let wanted = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())));
        let rows = wanted.all(self.transaction()).await.map_err(store_error)?;
        rows.into_iter().map(session).collect()
    }

    async fn insert(&self, session: &Session) -> Result<(), StoreError> {
        self.add(ActiveModel {
            id: Set(session.id.uuid()),
            user_id: Set(session.user_id.uuid()),
            workspace_id: Set(session.workspace_id.map(WorkspaceId::uuid)),
            secret_hash: Set(session.secret_hash.as_ref().map(|hash| hash.as_bytes().to_vec())),
            created_at: Set(session.created_at),
            expires_at: Set(session.expires_at),
            ended_at: Set(session.ended_at),
        })
        .await
    }

    async fn update_ended(&self, id: SessionId, at: DateTime<Utc>) -> Result<(), StoreError> {
        let end = ActiveModel { ended_at: Set(Some(at)), ..Default::default() };
        let open =
            Entity::update_many().set(end).filter(Column::Id.eq(id.uuid())).filter(Column::EndedAt.is_null());
        open.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }

    async fn update_ended_of(
        &self,
        user: UserId,
        stays: Option<SessionId>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let end = ActiveModel { ended_at: Set(Some(at)), ..Default::default() };
        let open = Condition::all()
            .add(Column::UserId.eq(user.uuid()))
            .add(Column::EndedAt.is_null())
            .add_option(stays.map(|id| Column::Id.ne(id.uuid())));
        let end = Entity::update_many().set(end).filter(open);
        end.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }

    async fn list_live(&self, user: UserId, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError> {
        let live = Entity::find()
            .filter(Column::UserId.eq(user.uuid()))
            .filter(Column::EndedAt.is_null())
            .filter(Column::ExpiresAt.gt(now))
            .order_by_asc(Column::Id);
        live.all(self.transaction()).await.map_err(store_error)?.into_iter().map(session).collect()
    }

    async fn update_ended_in(
        &self,
        user: UserId,
        workspace: WorkspaceId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let end = ActiveModel { ended_at: Set(Some(at)), ..Default::default() };
        let open = Entity::update_many()
            .set(end)
            .filter(Column::UserId.eq(user.uuid()))
            .filter(Column::WorkspaceId.eq(workspace.uuid()))
            .filter(Column::EndedAt.is_null());
        open.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

fn session(row: Model) -> Result<Session, StoreError> {
    Ok(Session {
        id: SessionId::new(row.id),
        user_id: UserId::new(row.user_id),
        workspace_id: row.workspace_id.map(WorkspaceId::new),
        secret_hash: row.secret_hash.map(|hash| secret_hash(&hash)).transpose()?,
        created_at: row.created_at,
        expires_at: row.expires_at,
        ended_at: row.ended_at,
    })
}
