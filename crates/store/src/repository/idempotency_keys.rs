//! Idempotency keys.

use async_trait::async_trait;
use chrono::TimeDelta;
use guildhall_core::StoreError;
use guildhall_kernel::{ClaimedKey, IdempotencyKeyRepository, KeyClaim};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::idempotency_key::{ActiveModel, Column, Entity},
    error::store_error,
    rows::{Only, expect_one},
};

/// How long a key is remembered.
const KEPT: TimeDelta = TimeDelta::hours(24);

#[async_trait]
impl IdempotencyKeyRepository for SeaUnitOfWork {
    async fn insert(&self, claim: &KeyClaim<'_>) -> Result<Option<ClaimedKey>, StoreError> {
        let expired = self.delete::<Entity>()?.filter(Column::CreatedAt.lt(claim.at - KEPT));
        expired.exec(self.transaction()).await.map_err(store_error)?;
        let row = ActiveModel {
            workspace_id: Set(self.workspace()?.uuid()),
            principal_id: Set(claim.principal),
            route: Set(claim.route.to_owned()),
            idempotency_key: Set(claim.key.to_owned()),
            body_hash: Set(claim.body_hash.to_vec()),
            subject_id: Set(None),
            created_at: Set(claim.at),
        };
        let keep = OnConflict::new().do_nothing().to_owned();
        let put = Entity::insert(row).on_conflict(keep).exec_without_returning(self.transaction()).await;
        if put.map_err(store_error)? == 1 {
            return Ok(None);
        }
        let stored = self
            .select::<Entity>()?
            .filter(named(claim))
            .only(self.transaction())
            .await
            .map_err(store_error)?;
        let stored =
            stored.ok_or_else(|| StoreError::Unavailable("an idempotency key has just expired".into()))?;
        let body_hash = stored.body_hash.as_slice().try_into();
        let body_hash = body_hash.map_err(|_| StoreError::Corrupt("idempotency_key.body_hash".into()))?;
        Ok(Some(ClaimedKey { body_hash, subject_id: stored.subject_id }))
    }

    async fn update_subject(&self, claim: &KeyClaim<'_>, subject: Uuid) -> Result<(), StoreError> {
        let done = ActiveModel { subject_id: Set(Some(subject)), ..Default::default() };
        let change = self.update::<Entity>()?.set(done).filter(named(claim));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

fn named(claim: &KeyClaim<'_>) -> Condition {
    Condition::all()
        .add(Column::PrincipalId.eq(claim.principal))
        .add(Column::Route.eq(claim.route))
        .add(Column::IdempotencyKey.eq(claim.key))
}
