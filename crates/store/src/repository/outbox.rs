//! Letters that go out by mail.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{MailId, SecretHash, StoreError, WorkspaceId};
use guildhall_kernel::{MailKind, MailState, OutboxRepository, OutgoingMail};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany,
};

use crate::{
    SeaUnitOfWork,
    entity::outgoing_mail::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    rows::{Only, secret_hash},
};

#[async_trait]
impl OutboxRepository for SeaUnitOfWork {
    async fn find(&self, id: MailId) -> Result<Option<OutgoingMail>, StoreError> {
        let found = Entity::find_by_id(id.uuid()).only(self.transaction()).await;
        found.map_err(store_error)?.map(mail).transpose()
    }

    async fn list_due(&self, now: DateTime<Utc>, most: u64) -> Result<Vec<OutgoingMail>, StoreError> {
        // What a newer node wrote stays for newer nodes; it does not take the place of what can be sent from here.
        let known = MailKind::ALL.iter().map(|kind| kind.as_str());
        let due = Entity::find().filter(waiting()).filter(Column::DueAt.lte(now));
        let due = due.filter(Column::Kind.is_in(known));
        let due = due.order_by_asc(Column::DueAt).order_by_asc(Column::Id).limit(most);
        let rows = due.all(self.transaction()).await.map_err(store_error)?;
        // One that does not read must not keep all the others here.
        let (read, unread): (Vec<_>, Vec<_>) = rows.into_iter().map(mail).partition(Result::is_ok);
        if let Some(Err(error)) = unread.first() {
            tracing::error!(letters = unread.len(), %error, "letters that do not read are left where they are");
        }
        Ok(read.into_iter().flatten().collect())
    }

    async fn insert(&self, mail: &OutgoingMail) -> Result<(), StoreError> {
        self.add(row(mail)).await
    }

    async fn update_claimed(&self, mail: &OutgoingMail, until: DateTime<Utc>) -> Result<bool, StoreError> {
        let claimed = OutgoingMail { attempts: mail.attempts + 1, due_at: until, ..mail.clone() };
        self.change(mail, &claimed).await
    }

    async fn update(&self, mail: &OutgoingMail) -> Result<bool, StoreError> {
        self.change(mail, mail).await
    }

    async fn delete_ended(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let old = Condition::all()
            .add(Column::State.ne(MailState::Waiting.as_str()))
            .add(Column::EndedAt.lt(before));
        let gone = Entity::delete_many().filter(old).exec(self.transaction()).await;
        Ok(gone.map_err(store_error)?.rows_affected)
    }
}

impl SeaUnitOfWork {
    /// Stores `after` where nobody has claimed the letter since `before` was read: each claim counts as an attempt.
    async fn change(&self, before: &OutgoingMail, after: &OutgoingMail) -> Result<bool, StoreError> {
        let change: UpdateMany<Entity> = Entity::update_many().set(row(after));
        let change = change
            .filter(Column::Id.eq(before.id.uuid()))
            .filter(Column::Attempts.eq(before.attempts))
            .filter(waiting());
        Ok(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected == 1)
    }
}

fn waiting() -> Condition {
    Condition::all().add(Column::State.eq(MailState::Waiting.as_str()))
}

fn row(mail: &OutgoingMail) -> ActiveModel {
    ActiveModel {
        id: Set(mail.id.uuid()),
        workspace_id: Set(mail.workspace_id.map(WorkspaceId::uuid)),
        kind: Set(mail.kind.as_str().to_owned()),
        recipient: Set(mail.recipient.to_string()),
        secret_hash: Set(mail.secret_hash.as_ref().map(|hash| hash.as_bytes().to_vec())),
        sealed: Set(mail.sealed.clone()),
        state: Set(mail.state.as_str().to_owned()),
        attempts: Set(mail.attempts),
        fault: Set(mail.fault.clone()),
        created_at: Set(mail.created_at),
        due_at: Set(mail.due_at),
        ended_at: Set(mail.ended_at),
    }
}

fn mail(row: Model) -> Result<OutgoingMail, StoreError> {
    let hash: Option<SecretHash> = row.secret_hash.as_deref().map(secret_hash).transpose()?;
    Ok(OutgoingMail {
        id: MailId::new(row.id),
        workspace_id: row.workspace_id.map(WorkspaceId::new),
        kind: row.kind.parse().map_err(corrupt("outgoing_mail.kind"))?,
        recipient: row.recipient.parse().map_err(corrupt("outgoing_mail.recipient"))?,
        secret_hash: hash,
        sealed: row.sealed,
        state: row.state.parse().map_err(corrupt("outgoing_mail.state"))?,
        attempts: row.attempts,
        fault: row.fault,
        created_at: row.created_at,
        due_at: row.due_at,
        ended_at: row.ended_at,
    })
}
