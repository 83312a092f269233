//! What identity needs from a store. All of it is platform-wide but the service accounts, which have a home workspace.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{
    ApiKeyId, Email, Name, Page, PageRequest, SecretHash, ServiceAccountId, SessionId, SigningKeyId,
    StoreError, UserId, WorkspaceId,
};

use crate::{ApiKey, PasswordHash, ServiceAccount, Session, SigningKey, User, UserToken};

/// Users, once per platform.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait UserRepository: Send + Sync {
    /// The user with that id.
    async fn find(&self, id: UserId) -> Result<Option<User>, StoreError>;
    /// The user who signs in with that address.
    async fn find_by_email(&self, email: &Email) -> Result<Option<User>, StoreError>;
    /// Those of the ids that exist, by id.
    async fn list_by_ids(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError>;
    /// Those whose name or address contains the text, or all of them, by id. The letters `A` to `Z` match in either case.
    async fn list(&self, q: Option<Name>, page: &PageRequest) -> Result<Page<User>, StoreError>;
    /// Fails with [`StoreError::Conflict`] when the address is taken.
    async fn insert(&self, user: &User) -> Result<(), StoreError>;
    /// Stores the user as its next version; [`StoreError::Stale`] where the stored version is another.
    async fn update(&self, user: &User) -> Result<(), StoreError>;
}

/// Password hashes.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait CredentialRepository: Send + Sync {
    /// The user's password hash.
    async fn find(&self, user: UserId) -> Result<Option<PasswordHash>, StoreError>;
    /// The same, and nobody else replaces it until the transaction ends.
    async fn find_for_update(&self, user: UserId) -> Result<Option<PasswordHash>, StoreError>;
    /// Sets or replaces the user's password hash.
    async fn update(&self, user: UserId, hash: &PasswordHash, at: DateTime<Utc>) -> Result<(), StoreError>;
}

/// Sign-ins.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait SessionRepository: Send + Sync {
    /// The session with that id, live or ended.
    async fn find(&self, id: SessionId) -> Result<Option<Session>, StoreError>;
    /// The same, and nobody else ends it until the transaction ends.
    async fn find_for_update(&self, id: SessionId) -> Result<Option<Session>, StoreError>;
    /// Those of the ids that exist, live or ended.
    async fn list_by_ids(&self, ids: &[SessionId]) -> Result<Vec<Session>, StoreError>;
    /// Adds a session.
    async fn insert(&self, session: &Session) -> Result<(), StoreError>;
    /// Ends one session.
    async fn update_ended(&self, id: SessionId, at: DateTime<Utc>) -> Result<(), StoreError>;
    /// Ends all sessions of the user, but for the one that stays.
    async fn update_ended_of(
        &self,
        user: UserId,
        stays: Option<SessionId>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError>;
    /// The user's sessions that have neither ended nor passed their time, by id.
    async fn list_live(&self, user: UserId, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError>;
    /// Ends the user's sessions that are bound to the workspace.
    async fn update_ended_in(
        &self,
        user: UserId,
        workspace: WorkspaceId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError>;
}

/// One-time secrets of users.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait UserTokenRepository: Send + Sync {
    /// What is kept of the secret, whatever became of it.
    async fn find(&self, hash: &SecretHash) -> Result<Option<UserToken>, StoreError>;
    /// Adds one.
    async fn insert(&self, token: &UserToken) -> Result<(), StoreError>;
    /// Marks it as used; `false` where somebody else was first.
    async fn update_used(&self, hash: &SecretHash, at: DateTime<Utc>) -> Result<bool, StoreError>;
    /// Forgets all of the user's.
    async fn delete_by_user(&self, user: UserId) -> Result<(), StoreError>;
}

/// The service accounts of the bound workspace.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ServiceAccountRepository: Send + Sync {
    /// The account with that id.
    async fn find(&self, id: ServiceAccountId) -> Result<Option<ServiceAccount>, StoreError>;
    /// All accounts of the workspace, by id.
    async fn list(&self) -> Result<Vec<ServiceAccount>, StoreError>;
    /// Adds an account.
    async fn insert(&self, account: &ServiceAccount) -> Result<(), StoreError>;
    /// Replaces the hash of its client secret.
    async fn update_secret(&self, id: ServiceAccountId, hash: &SecretHash) -> Result<(), StoreError>;
    /// Removes an account; `false` where there was none.
    async fn delete(&self, id: ServiceAccountId) -> Result<bool, StoreError>;
}

/// The API keys of the bound workspace.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ApiKeyRepository: Send + Sync {
    /// The key with that id.
    async fn find(&self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError>;
    /// The user's keys, by id.
    async fn list_by_user(&self, user: UserId) -> Result<Vec<ApiKey>, StoreError>;
    /// Adds a key.
    async fn insert(&self, key: &ApiKey) -> Result<(), StoreError>;
    /// Replaces the hash of its secret.
    async fn update_secret(&self, id: ApiKeyId, hash: &SecretHash) -> Result<(), StoreError>;
    /// Removes a key; `false` where there was none.
    async fn delete(&self, id: ApiKeyId) -> Result<bool, StoreError>;
}

/// Where a service account lives: one exact client id to one workspace, platform-wide.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ClientDirectory: Send + Sync {
    /// The home of the client with that id.
    async fn find(&self, id: ServiceAccountId) -> Result<Option<WorkspaceId>, StoreError>;
}

/// Platform administrators.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait PlatformAdminRepository: Send + Sync {
    /// All of them, by id.
    async fn list(&self) -> Result<Vec<UserId>, StoreError>;
    /// Makes the user one; nothing changes where he is one.
    async fn insert(&self, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError>;
}

/// Keys that sign access tokens.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait SigningKeyRepository: Send + Sync {
    /// All keys, newest first.
    async fn list(&self) -> Result<Vec<SigningKey>, StoreError>;
    /// Adds a key.
    async fn insert(&self, key: &SigningKey) -> Result<(), StoreError>;
    /// From then on the key signs nothing new.
    async fn update_retired(&self, id: SigningKeyId, at: DateTime<Utc>) -> Result<(), StoreError>;
}

/// What identity needs from one transaction.
pub trait IdentityStore: Send + Sync {
    /// Users.
    fn users(&self) -> &dyn UserRepository;
    /// Password hashes.
    fn credentials(&self) -> &dyn CredentialRepository;
    /// Sign-ins.
    fn sessions(&self) -> &dyn SessionRepository;
    /// One-time secrets of users.
    fn user_tokens(&self) -> &dyn UserTokenRepository;
    /// The workspace's service accounts.
    fn service_accounts(&self) -> &dyn ServiceAccountRepository;
    /// The workspace's API keys.
    fn api_keys(&self) -> &dyn ApiKeyRepository;
    /// Where service accounts live.
    fn client_directory(&self) -> &dyn ClientDirectory;
    /// Platform administrators.
    fn platform_admins(&self) -> &dyn PlatformAdminRepository;
    /// Signing keys.
    fn signing_keys(&self) -> &dyn SigningKeyRepository;
}
