//! For tests: a store in memory, and builders. The mocks of the ports are in this module too.

use std::{collections::BTreeMap, sync::Mutex};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{
    ApiKeyId, Email, Name, Page, PageRequest, SecretHash, ServiceAccountId, SessionId, SigningKeyId,
    StoreError, UserId, WorkspaceId,
};

use crate::{
    ApiKey, ApiKeyRepository, ClientDirectory, CredentialRepository, IdentityStore, NewUser, PasswordHash,
    PlatformAdminRepository, ServiceAccount, ServiceAccountRepository, Session, SessionRepository,
    SigningKey, SigningKeyRepository, User, UserRepository, UserToken, UserTokenRepository,
};
pub use crate::{
    password::MockPasswordHasher,
    ports::{
        MockApiKeyRepository, MockClientDirectory, MockCredentialRepository, MockPlatformAdminRepository,
        MockServiceAccountRepository, MockSessionRepository, MockSigningKeyRepository, MockUserRepository,
        MockUserTokenRepository,
    },
};

/// A user to make, with that address and a name.
#[expect(clippy::expect_used, reason = "a builder of test data")]
pub fn new_user(email: &str) -> NewUser {
    NewUser::named(
        email.parse().expect("an address"),
        "Test".parse().expect("a name"),
        "User".parse().expect("a name"),
    )
}

/// Identity's store, made of the mocks: set expectations on the fields.
#[derive(Default)]
pub struct MockStore {
    /// Users.
    pub users: MockUserRepository,
    /// Password hashes.
    pub credentials: MockCredentialRepository,
    /// Sign-ins.
    pub sessions: MockSessionRepository,
    /// One-time secrets.
    pub user_tokens: MockUserTokenRepository,
    /// Service accounts.
    pub service_accounts: MockServiceAccountRepository,
    /// API keys.
    pub api_keys: MockApiKeyRepository,
    /// Where service accounts live.
    pub client_directory: MockClientDirectory,
    /// Platform administrators.
    pub platform_admins: MockPlatformAdminRepository,
    /// Signing keys.
    pub signing_keys: MockSigningKeyRepository,
}

/// Identity's store in memory. It keeps the rules that the ports name and no others.
#[derive(Default)]
pub struct MemoryStore {
    users: Mutex<BTreeMap<UserId, User>>,
    passwords: Mutex<BTreeMap<UserId, PasswordHash>>,
    sessions: Mutex<BTreeMap<SessionId, Session>>,
    tokens: Mutex<Vec<UserToken>>,
    service_accounts: Mutex<BTreeMap<ServiceAccountId, ServiceAccount>>,
    api_keys: Mutex<BTreeMap<ApiKeyId, ApiKey>>,
    admins: Mutex<Vec<UserId>>,
    keys: Mutex<Vec<SigningKey>>,
}

macro_rules! store {
    ($store:ty { $($accessor:ident: $port:ident = $field:ident)+ }) => {
        impl IdentityStore for $store {
            $(fn $accessor(&self) -> &dyn $port { store!(@ self $field) })+
        }
    };
    (@ $this:ident this) => { $this };
    (@ $this:ident $field:ident) => { &$this.$field };
}

store!(MockStore {
    users: UserRepository = users
    credentials: CredentialRepository = credentials
    sessions: SessionRepository = sessions
    user_tokens: UserTokenRepository = user_tokens
    service_accounts: ServiceAccountRepository = service_accounts
    api_keys: ApiKeyRepository = api_keys
    client_directory: ClientDirectory = client_directory
    platform_admins: PlatformAdminRepository = platform_admins
    signing_keys: SigningKeyRepository = signing_keys
});

store!(MemoryStore {
    users: UserRepository = this
    credentials: CredentialRepository = this
    sessions: SessionRepository = this
    user_tokens: UserTokenRepository = this
    service_accounts: ServiceAccountRepository = this
    api_keys: ApiKeyRepository = this
    client_directory: ClientDirectory = this
    platform_admins: PlatformAdminRepository = this
    signing_keys: SigningKeyRepository = this
});

#[expect(clippy::unwrap_used, reason = "a poisoned lock means that a test has failed already")]
fn locked<T, R>(place: &Mutex<T>, f: impl FnOnce(&mut T) -> R) -> Result<R, StoreError> {
    Ok(f(&mut place.lock().unwrap()))
}

#[async_trait]
impl UserRepository for MemoryStore {
    async fn find(&self, id: UserId) -> Result<Option<User>, StoreError> {
        locked(&self.users, |users| users.get(&id).cloned())
    }

    async fn find_by_email(&self, email: &Email) -> Result<Option<User>, StoreError> {
        locked(&self.users, |users| users.values().find(|user| user.email == *email).cloned())
    }

    async fn list_by_ids(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
        locked(&self.users, |users| users.values().filter(|user| ids.contains(&user.id)).cloned().collect())
    }

    async fn list(&self, q: Option<Name>, _page: &PageRequest) -> Result<Page<User>, StoreError> {
        let wanted = q.map(|q| q.as_str().to_ascii_lowercase());
        let matches = |user: &&User| {
            let text = format!("{} {}", user.display_name(), user.email).to_ascii_lowercase();
            wanted.as_ref().is_none_or(|wanted| text.contains(wanted))
        };
        let items = locked(&self.users, |users| users.values().filter(matches).cloned().collect())?;
        Ok(Page { items, next: None })
    }

    async fn insert(&self, user: &User) -> Result<(), StoreError> {
        locked(&self.users, |users| users.insert(user.id, user.clone())).map(|_| ())
    }

    async fn update(&self, user: &User) -> Result<(), StoreError> {
        locked(&self.users, |users| match users.get_mut(&user.id) {
            Some(stored) if stored.version == user.version => {
                *stored = User { version: user.version.next(), ..user.clone() };
                Ok(())
            }
            _ => Err(StoreError::Stale),
        })?
    }
}

#[async_trait]
impl CredentialRepository for MemoryStore {
    async fn find(&self, user: UserId) -> Result<Option<PasswordHash>, StoreError> {
        locked(&self.passwords, |passwords| passwords.get(&user).cloned())
    }

    async fn find_for_update(&self, user: UserId) -> Result<Option<PasswordHash>, StoreError> {
        CredentialRepository::find(self, user).await
    }

    async fn update(&self, user: UserId, hash: &PasswordHash, _at: DateTime<Utc>) -> Result<(), StoreError> {
        locked(&self.passwords, |passwords| passwords.insert(user, hash.clone())).map(|_| ())
    }
}

#[async_trait]
impl SessionRepository for MemoryStore {
    async fn find(&self, id: SessionId) -> Result<Option<Session>, StoreError> {
        locked(&self.sessions, |sessions| sessions.get(&id).cloned())
    }

    async fn find_for_update(&self, id: SessionId) -> Result<Option<Session>, StoreError> {
        SessionRepository::find(self, id).await
    }

    async fn list_by_ids(&self, ids: &[SessionId]) -> Result<Vec<Session>, StoreError> {
        locked(&self.sessions, |sessions| ids.iter().filter_map(|id| sessions.get(id).cloned()).collect())
    }

    async fn insert(&self, session: &Session) -> Result<(), StoreError> {
        locked(&self.sessions, |sessions| sessions.insert(session.id, session.clone())).map(|_| ())
    }

    async fn update_ended(&self, id: SessionId, at: DateTime<Utc>) -> Result<(), StoreError> {
        locked(&self.sessions, |sessions| {
            if let Some(session) = sessions.get_mut(&id) {
                session.ended_at = Some(at);
            }
        })
    }

    async fn update_ended_of(
        &self,
        user: UserId,
        stays: Option<SessionId>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        locked(&self.sessions, |sessions| {
            let open = sessions.values_mut().filter(|session| session.ended_at.is_none());
            for session in open.filter(|session| session.user_id == user && Some(session.id) != stays) {
                session.ended_at = Some(at);
            }
        })
    }

    async fn list_live(&self, user: UserId, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError> {
        locked(&self.sessions, |sessions| {
            let live = sessions.values().filter(|session| session.user_id == user && session.is_live(now));
            live.cloned().collect()
        })
    }

    async fn update_ended_in(
        &self,
        user: UserId,
        workspace: WorkspaceId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        locked(&self.sessions, |sessions| {
            for session in sessions.values_mut() {
                if session.user_id == user && session.workspace_id == Some(workspace) {
                    session.ended_at = Some(at);
                }
            }
        })
    }
}

#[async_trait]
impl UserTokenRepository for MemoryStore {
    async fn find(&self, hash: &SecretHash) -> Result<Option<UserToken>, StoreError> {
        locked(&self.tokens, |tokens| tokens.iter().find(|token| token.secret_hash == *hash).cloned())
    }

    async fn insert(&self, token: &UserToken) -> Result<(), StoreError> {
        locked(&self.tokens, |tokens| tokens.push(token.clone()))
    }

    async fn update_used(&self, hash: &SecretHash, at: DateTime<Utc>) -> Result<bool, StoreError> {
        locked(&self.tokens, |tokens| {
            let mut open = tokens.iter_mut().filter(|token| token.used_at.is_none());
            let found = open.find(|token| token.secret_hash == *hash);
            found.map(|token| token.used_at = Some(at)).is_some()
        })
    }

    async fn delete_by_user(&self, user: UserId) -> Result<(), StoreError> {
        locked(&self.tokens, |tokens| tokens.retain(|token| token.user_id != user))
    }
}

#[async_trait]
impl ServiceAccountRepository for MemoryStore {
    async fn find(&self, id: ServiceAccountId) -> Result<Option<ServiceAccount>, StoreError> {
        locked(&self.service_accounts, |accounts| accounts.get(&id).cloned())
    }

    async fn list(&self) -> Result<Vec<ServiceAccount>, StoreError> {
        locked(&self.service_accounts, |accounts| accounts.values().cloned().collect())
    }

    async fn insert(&self, account: &ServiceAccount) -> Result<(), StoreError> {
        locked(&self.service_accounts, |accounts| accounts.insert(account.id, account.clone())).map(|_| ())
    }

    async fn update_secret(&self, id: ServiceAccountId, hash: &SecretHash) -> Result<(), StoreError> {
        locked(&self.service_accounts, |accounts| {
            if let Some(account) = accounts.get_mut(&id) {
                account.secret_hash = hash.clone();
            }
        })
    }

    async fn delete(&self, id: ServiceAccountId) -> Result<bool, StoreError> {
        locked(&self.service_accounts, |accounts| accounts.remove(&id).is_some())
    }
}

#[async_trait]
impl ApiKeyRepository for MemoryStore {
    async fn find(&self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError> {
        locked(&self.api_keys, |keys| keys.get(&id).cloned())
    }

    async fn list_by_user(&self, user: UserId) -> Result<Vec<ApiKey>, StoreError> {
        locked(&self.api_keys, |keys| keys.values().filter(|key| key.user_id == user).cloned().collect())
    }

    async fn insert(&self, key: &ApiKey) -> Result<(), StoreError> {
        locked(&self.api_keys, |keys| keys.insert(key.id, key.clone())).map(|_| ())
    }

    async fn update_secret(&self, id: ApiKeyId, hash: &SecretHash) -> Result<(), StoreError> {
        locked(&self.api_keys, |keys| {
            if let Some(key) = keys.get_mut(&id) {
                key.secret_hash = hash.clone();
            }
        })
    }

    async fn delete(&self, id: ApiKeyId) -> Result<bool, StoreError> {
        locked(&self.api_keys, |keys| keys.remove(&id).is_some())
    }
}

#[async_trait]
impl ClientDirectory for MemoryStore {
    async fn find(&self, id: ServiceAccountId) -> Result<Option<WorkspaceId>, StoreError> {
        locked(&self.service_accounts, |accounts| accounts.get(&id).map(|account| account.home))
    }
}

#[async_trait]
impl PlatformAdminRepository for MemoryStore {
    async fn list(&self) -> Result<Vec<UserId>, StoreError> {
        locked(&self.admins, |admins| admins.clone())
    }

    async fn insert(&self, user: UserId, _at: DateTime<Utc>) -> Result<(), StoreError> {
        locked(&self.admins, |admins| {
            if !admins.contains(&user) {
                admins.push(user);
            }
        })
    }
}

#[async_trait]
impl SigningKeyRepository for MemoryStore {
    async fn list(&self) -> Result<Vec<SigningKey>, StoreError> {
        locked(&self.keys, |keys| keys.iter().rev().cloned().collect())
    }

    async fn insert(&self, key: &SigningKey) -> Result<(), StoreError> {
        locked(&self.keys, |keys| keys.push(key.clone()))
    }

    async fn update_retired(&self, id: SigningKeyId, at: DateTime<Utc>) -> Result<(), StoreError> {
        locked(&self.keys, |keys| {
            for key in keys.iter_mut().filter(|key| key.id == id) {
                key.retired_at = Some(at);
            }
        })
    }
}
