//! One-time secrets of users.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{Email, SecretHash, SessionId, StoreError, UserId, WorkspaceId};
use guildhall_identity::{TokenPurpose, UserToken, UserTokenRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    SeaUnitOfWork,
    entity::user_token::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{Only, secret_hash},
};

#[async_trait]
impl UserTokenRepository for SeaUnitOfWork {
    async fn find(&self, hash: &SecretHash) -> Result<Option<UserToken>, StoreError> {
        let found = Entity::find_by_id(hash.as_bytes().to_vec()).only(self.transaction()).await;
        found.map_err(store_error)?.map(token).transpose()
    }

    async fn insert(&self, token: &UserToken) -> Result<(), StoreError> {
        let (email, session, workspace) = match &token.purpose {
            TokenPurpose::ResetPassword => (None, None, None),
            TokenPurpose::ChangeEmail(email) => (Some(email.to_string()), None, None),
            TokenPurpose::Switch { session, workspace } => (None, Some(*session), Some(*workspace)),
        };
        self.add(ActiveModel {
            secret_hash: Set(token.secret_hash.as_bytes().to_vec()),
            user_id: Set(token.user_id.uuid()),
            purpose: Set(token.purpose.as_str().to_owned()),
            email: Set(email),
            session_id: Set(session.map(SessionId::uuid)),
            workspace_id: Set(workspace.map(WorkspaceId::uuid)),
            expires_at: Set(token.expires_at),
            used_at: Set(token.used_at),
        })
        .await
    }

    async fn update_used(&self, hash: &SecretHash, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let used = ActiveModel { used_at: Set(Some(at)), ..Default::default() };
        let first = Entity::update_many()
            .set(used)
            .filter(Column::SecretHash.eq(hash.as_bytes().to_vec()))
            .filter(Column::UsedAt.is_null());
        Ok(first.exec(self.transaction()).await.map_err(store_error)?.rows_affected == 1)
    }

    async fn delete_by_user(&self, user: UserId) -> Result<(), StoreError> {
        let his = Entity::delete_many().filter(Column::UserId.eq(user.uuid()));
        his.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}

fn token(row: Model) -> Result<UserToken, StoreError> {
    let strange = || StoreError::Corrupt("user_token.purpose: does not go with its columns".into());
    let purpose = match (row.purpose.as_str(), row.email, row.session_id.zip(row.workspace_id)) {
        ("RESET_PASSWORD", None, None) => TokenPurpose::ResetPassword,
        ("CHANGE_EMAIL", Some(email), None) => {
            TokenPurpose::ChangeEmail(email.parse::<Email>().map_err(corrupt("user_token.email"))?)
        }
        ("SWITCH", None, Some((session, workspace))) => {
            TokenPurpose::Switch { session: SessionId::new(session), workspace: WorkspaceId::new(workspace) }
        }
        _ => return Err(strange()),
    };
    Ok(UserToken {
        secret_hash: secret_hash(&row.secret_hash)?,
        user_id: UserId::new(row.user_id),
        purpose,
        expires_at: row.expires_at,
        used_at: row.used_at,
    })
}
