//! What the kernel needs from a database, beside the stores of the domains.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_artifacts::ArtifactsStore;
use guildhall_authz::{AuthzStore, Raised};
use guildhall_core::{
    Access, AccountId, ApiKeyId, EventRecord, LaunchId, Name, Page, PageRequest, ProjectId, Scope,
    SecretHash, StoreError, WorkspaceId,
};
use guildhall_identity::IdentityStore;
use guildhall_orchestration::OrchestrationStore;
use guildhall_products::ProductsStore;
use guildhall_tenancy::TenancyStore;
use uuid::Uuid;

use crate::OutboxRepository;

/// A database that opens units of work.
#[async_trait]
pub trait Database: Send + Sync {
    /// Opens one transaction that sees the scope's rows and no others.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where no connection is free within two seconds.
    async fn begin(&self, scope: Scope, access: Access) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it does not.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Listens for epochs that other nodes raise. A database that tells nobody answers a listener that hears nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where no connection can be had for it.
    async fn listen(&self) -> Result<Box<dyn Listener>, StoreError>;
}

/// Hears of epochs that are raised on any node.
#[async_trait]
pub trait Listener: Send {
    /// Waits until one was raised. What was missed while the connection was down counts as raised.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where nothing will be heard any more.
    async fn heard(&mut self) -> Result<(), StoreError>;
}

/// One transaction, seen by every domain. Dropping it rolls back.
#[async_trait]
pub trait UnitOfWork:
    IdentityStore + TenancyStore + AuthzStore + ArtifactsStore + ProductsStore + OrchestrationStore + RecordStore
{
    /// Makes the writes durable, and answers the epochs that they raised.
    ///
    /// # Errors
    /// [`StoreError`] where the database refuses; then nothing of it was written.
    async fn commit(self: Box<Self>) -> Result<Vec<Raised>, StoreError>;

    /// The same transaction in another scope, for an act of the platform that is written in a workspace and in System's
    /// log. What was in scope before is no longer.
    ///
    /// # Errors
    /// [`StoreError`] where the database refuses; then nothing is written.
    async fn rebind(self: Box<Self>, scope: Scope) -> Result<Box<dyn UnitOfWork>, StoreError>;
}

/// The log of the bound workspace.
#[async_trait]
pub trait EventRepository: Send + Sync {
    /// Takes the log's next number, and with it the log's lock until the end of the transaction.
    async fn next_seq(&self) -> Result<i64, StoreError>;
    /// Appends an event.
    async fn insert(&self, event: &EventRecord) -> Result<(), StoreError>;
    /// The log's events that the filter lets through, newest first.
    async fn list(&self, filter: &EventFilter, page: &PageRequest) -> Result<Page<EventRecord>, StoreError>;
    /// A project's events, newest first.
    async fn list_by_project(
        &self,
        project: ProjectId,
        page: &PageRequest,
    ) -> Result<Page<EventRecord>, StoreError>;
}

/// Which events of a log are asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventFilter {
    /// What happened, such as `project.created`.
    pub kind: Option<Name>,
    /// Who did it.
    pub actor_id: Option<Uuid>,
    /// Nothing before this moment.
    pub since: Option<DateTime<Utc>>,
}

/// A key that a client sent with a POST, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedKey {
    /// The hash of the body that the key was first sent with.
    pub body_hash: [u8; 32],
    /// The thing that the first request made or changed.
    pub subject_id: Option<Uuid>,
}

/// Who sends which key where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyClaim<'a> {
    /// The caller.
    pub principal: Uuid,
    /// Method and path template of the route.
    pub route: &'a str,
    /// The key, as the client spelled it.
    pub key: &'a str,
    /// The hash of the body that it comes with.
    pub body_hash: [u8; 32],
    /// Now; keys older than a day are forgotten.
    pub at: DateTime<Utc>,
}

/// Idempotency keys of the bound workspace.
#[async_trait]
pub trait IdempotencyKeyRepository: Send + Sync {
    /// Claims the key: `None` where it is new, else what stands there. Waits for a transaction that has claimed it.
    async fn insert(&self, claim: &KeyClaim<'_>) -> Result<Option<ClaimedKey>, StoreError>;
    /// Notes what came of a claimed key.
    async fn update_subject(&self, claim: &KeyClaim<'_>, subject: Uuid) -> Result<(), StoreError>;
}

/// From one exact key to the workspace that has it, platform-wide. There is no list and no search.
#[async_trait]
pub trait Directory: Send + Sync {
    /// The workspace of an account.
    async fn find_account(&self, account: AccountId) -> Result<Option<WorkspaceId>, StoreError>;
    /// The workspace of a launch code.
    async fn find_launch_code(
        &self,
        hash: &SecretHash,
    ) -> Result<Option<(WorkspaceId, LaunchId)>, StoreError>;
    /// The workspace of an API key's secret.
    async fn find_api_key(&self, hash: &SecretHash) -> Result<Option<(WorkspaceId, ApiKeyId)>, StoreError>;
    /// The workspace of an invitation's secret.
    async fn find_invitation(&self, hash: &SecretHash) -> Result<Option<WorkspaceId>, StoreError>;
}

/// What the kernel itself keeps in one transaction.
pub trait RecordStore: Send + Sync {
    /// The workspace's log.
    fn events(&self) -> &dyn EventRepository;
    /// The workspace's idempotency keys.
    fn idempotency_keys(&self) -> &dyn IdempotencyKeyRepository;
    /// The letters that go out by mail.
    fn outbox(&self) -> &dyn OutboxRepository;
    /// From one exact key to its workspace.
    fn directory(&self) -> &dyn Directory;
}
