//! What the kernel needs from a database, beside the stores of the domains.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_artifacts::ArtifactsStore;
use guildhall_authz::{AuthzStore, EpochScope, Raised};
use guildhall_core::{
    Access, AccountId, ApiKeyId, EventId, EventRecord, ItemId, LaunchId, Name, Page, PageRequest, ProjectId,
    Scope, SecretHash, StoreError, UserId, WorkspaceId,
};
use guildhall_identity::IdentityStore;
use guildhall_orchestration::{OrchestrationStore, Searched};
use guildhall_products::ProductsStore;
use guildhall_tenancy::{TenancyStore, WorkspacePrefix};
use uuid::Uuid;

use crate::{BoardReader, Entrance, NamedSession, OutboxRepository};

/// A database that opens units of work.
#[async_trait]
pub trait Database: Send + Sync {
    /// Opens one transaction that sees the scope's rows and no others.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where no connection is free within two seconds.
    async fn begin(&self, scope: Scope, access: Access) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// What a request is let in by: the workspace with the prefix, and the session. One statement on the platform's own tables,
    /// by itself, since it decides in which scope a unit of work may be opened; none where nothing is named.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where no connection is free within two seconds.
    async fn find_entrance(
        &self,
        prefix: Option<&WorkspacePrefix>,
        session: Option<NamedSession<'_>>,
    ) -> Result<Entrance, StoreError>;

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it does not.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Listens for what other nodes write. A database that tells nobody answers a listener that hears nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where no connection can be had for it.
    async fn listen(&self) -> Result<Box<dyn Listener>, StoreError>;

    /// Tells the listeners of all nodes that these workspaces' logs have grown. It is said after the commit and by itself: a
    /// word that travels with a commit would make all commits of a PostgreSQL wait for each other.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where nobody can be told; they find it out by looking.
    async fn tell(&self, grown: &[WorkspaceId]) -> Result<(), StoreError>;
}

/// Hears of what any node writes.
#[async_trait]
pub trait Listener: Send {
    /// Waits until something was written.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where nothing will be heard any more.
    async fn heard(&mut self) -> Result<Heard, StoreError>;
}

/// What a listener has heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// An epoch was raised.
    Raised(EpochScope),
    /// The logs of these workspaces have grown.
    Grown(Vec<WorkspaceId>),
    /// The connection was lost and is there again: anything may have been missed.
    Anything,
}

/// What a commit has changed that others follow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committed {
    /// The epochs that it raised.
    pub raised: Vec<Raised>,
    /// The workspaces whose logs it made longer.
    pub grown: Vec<WorkspaceId>,
}

/// One transaction, seen by every domain. Dropping it rolls back.
#[async_trait]
pub trait UnitOfWork:
    IdentityStore + TenancyStore + AuthzStore + ArtifactsStore + ProductsStore + OrchestrationStore + RecordStore
{
    /// Makes the writes durable, and answers which of them others follow.
    ///
    /// # Errors
    /// [`StoreError`] where the database refuses; then nothing of it was written.
    async fn commit(self: Box<Self>) -> Result<Committed, StoreError>;

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
    /// Takes the log's next number, and with it the log's lock until the end of the transaction. Says what its actor is
    /// called, since every event keeps that.
    async fn next(&self, actor: Option<UserId>) -> Result<NextEvent, StoreError>;
    /// Appends an event.
    async fn insert(&self, event: &EventRecord) -> Result<(), StoreError>;
    /// The number of the log's last event; 0 where it has none.
    async fn find_head(&self) -> Result<i64, StoreError>;
    /// At most so many events after this number, in the log's order, without what they say.
    async fn list_after(&self, seq: i64, limit: usize) -> Result<Vec<EventStub>, StoreError>;
    /// The log's events that the filter lets through, newest first.
    async fn list(&self, filter: &EventFilter, page: &PageRequest) -> Result<Page<EventRecord>, StoreError>;
    /// An event and those right before it in the log, `count` in all, oldest first. Nothing where there is no such event.
    async fn list_until(&self, last: EventId, count: usize) -> Result<Vec<EventRecord>, StoreError>;
}

/// What an event that is about to be appended is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextEvent {
    /// Its place in the workspace's log.
    pub seq: i64,
    /// What its actor is called; `None` without one, or where there is no such user.
    pub actor_name: Option<String>,
}

/// An event without what it says: that it happened, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventStub {
    /// The event's id.
    pub id: EventId,
    /// Its place in the workspace's log.
    pub seq: i64,
    /// What happened, such as `project.created`.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The word of the glossary for what it happened to.
    pub subject_kind: String,
    /// The id of what it happened to.
    pub subject_id: Uuid,
    /// The project that it happened in.
    pub project_id: Option<ProjectId>,
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
    /// The project that it happened in.
    pub project_id: Option<ProjectId>,
    /// What it happened to.
    pub subject_id: Option<Uuid>,
}

/// What is searched for in the projects of the bound workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryFilter {
    /// Words, as [`guildhall_core::words`] spells them, all of which must be there; of the last one the beginning. None finds
    /// nothing.
    pub words: Vec<String>,
    /// Only these kinds.
    pub kinds: Vec<Searched>,
    /// Only in these projects; `None` for all.
    pub projects: Option<Vec<ProjectId>>,
    /// Whether what is archived, or lies in something that is, is found too.
    pub archived: bool,
}

/// A thing that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntry {
    /// What it is.
    pub kind: Searched,
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// The project that it is or lies in.
    pub project_id: ProjectId,
    /// The item that a task is a part of.
    pub item_id: Option<ItemId>,
}

/// The index of what may be searched for. It is written with what it indexes.
#[async_trait]
pub trait SearchIndex: Send + Sync {
    /// What those of these phases, items, tasks and projects are called that are there.
    async fn list_titles(&self, ids: &[Uuid]) -> Result<Vec<(Uuid, Searched, String)>, StoreError>;
    /// What has the words: first that which has them all in its name, then the rest; the newest first in each.
    async fn list(&self, filter: &EntryFilter, page: &PageRequest) -> Result<Page<FoundEntry>, StoreError>;
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
    /// What may be searched for.
    fn search_index(&self) -> &dyn SearchIndex;
    /// Boards, read whole.
    fn boards(&self) -> &dyn BoardReader;
}
