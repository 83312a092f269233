//! Where a request goes and who sends it, decided once, before anything else.

use guildhall_core::{
    Access, Caller, Credential, Principal, Scope, Secret, SecretHash, ServiceAccountId, SessionId, UserId,
    WorkspaceId,
};
use guildhall_identity::Session;
use guildhall_tenancy::{Requested, acting_workspace};
use sha2::{Digest as _, Sha256};

use crate::{
    Entrance, Kernel, KernelError, NamedSession, Unauthenticated, api_keys::KEY_MARK, token::Subject,
};

/// What a request carries to prove who sends it.
#[derive(Debug, Clone, Copy)]
pub enum Bearer<'a> {
    /// An access token.
    Token(&'a str),
    /// The secret of a console session's cookie.
    Cookie(&'a str),
}

/// Where a request goes, and who sends it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The workspace that host or header name; `None` for the platform itself.
    pub workspace: Option<WorkspaceId>,
    /// Who asks, or why nobody does.
    pub caller: Result<Caller, Unauthenticated>,
}

/// What a request says of who sends it.
enum Claim {
    /// It was sent in the session that a token names, by this user.
    Token { session: SessionId, user: UserId, credential: Credential, bound: Option<WorkspaceId> },
    /// It was sent in the session with this secret.
    Cookie(SecretHash),
    /// By the owner of this API key.
    Key(SecretHash),
    /// By a service account.
    Client(ServiceAccountId),
}

/// Who a credential belongs to, and where alone it counts.
struct Proven {
    principal: Principal,
    credential: Credential,
    bound: Option<WorkspaceId>,
}

impl Kernel {
    /// Decides which workspace a request is for, and who sends it. Reads everything again that could have ended since the
    /// credential was made.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where no such workspace is there, or the System workspace is not for this caller.
    pub async fn enter(
        &self,
        requested: &Requested,
        bearer: Option<Bearer<'_>>,
    ) -> Result<Entry, KernelError> {
        let claim = self.claim(bearer).await?;
        let prefix = match requested {
            Requested::Platform => None,
            Requested::Prefix { prefix, .. } => Some(prefix),
        };
        let named = claim.as_ref().ok().and_then(Claim::session);
        let Entrance { workspace, session } = self.database().find_entrance(prefix, named).await?;
        if prefix.is_some() && workspace.is_none() {
            return Err(KernelError::NotFound);
        }
        let admins = match workspace {
            Some(id) if id.is_system() => {
                self.unit(Scope::Platform, Access::Read).await?.platform_admins().list().await?
            }
            Some(_) | None => Vec::new(),
        };
        let proven = match claim {
            Ok(claim) => self.prove(claim, session).await?,
            Err(why) => Err(why),
        };
        let caller = proven.and_then(|proven| {
            let acting = acting_workspace(workspace, proven.bound).map_err(|_| Unauthenticated::Invalid)?;
            Ok(Caller::trusted(proven.principal, proven.credential, acting))
        });
        if workspace.is_some_and(WorkspaceId::is_system) {
            let user = caller.ok().and_then(|caller| caller.user());
            if !user.is_some_and(|user| admins.contains(&user)) {
                return Err(KernelError::NotFound);
            }
        }
        Ok(Entry { workspace, caller })
    }

    /// As [`Self::enter`], but for what permission queries alone may do: it takes what was found less than a second ago, where
    /// this node has committed nothing since. A token counts to its end and no longer.
    ///
    /// # Errors
    /// As [`Self::enter`].
    pub async fn enter_lately(
        &self,
        requested: &Requested,
        bearer: Option<Bearer<'_>>,
    ) -> Result<Entry, KernelError> {
        let Some(Bearer::Token(token)) = bearer else {
            return Box::pin(self.enter(requested, bearer)).await;
        };
        let key = remembered_by(requested, token);
        if let Some((entry, ends)) = self.remembered().entry(&key)
            && self.clock().now().timestamp() < ends
        {
            return Ok(entry);
        }
        let looked = self.remembered().look();
        let entry = Box::pin(self.enter(requested, bearer)).await?; // rarely needed, and large
        let claims = self.keys().verify(token, &self.issuer(), self.clock().now());
        if let (Ok(_), Some(claims)) = (&entry.caller, claims) {
            self.remembered().keep_entry(key, looked, (entry, claims.exp));
        }
        Ok(entry)
    }

    /// What the request says of who sends it; a token says nothing unless this platform has signed it.
    async fn claim(&self, bearer: Option<Bearer<'_>>) -> Result<Result<Claim, Unauthenticated>, KernelError> {
        let token = match bearer {
            None => return Ok(Err(Unauthenticated::Missing)),
            Some(Bearer::Cookie(secret)) => return Ok(hash_of(secret).map(Claim::Cookie)),
            Some(Bearer::Token(token)) => token,
        };
        if let Some(secret) = token.strip_prefix(KEY_MARK) {
            return Ok(hash_of(secret).map(Claim::Key));
        }
        let verify = || self.keys().verify(token, &self.issuer(), self.clock().now());
        let mut claims = verify();
        if claims.is_none() && !self.keys().knows(token) {
            self.refresh_keys().await?;
            claims = verify();
        }
        let subject = claims.and_then(|claims| claims.subject());
        Ok(subject.map(Claim::from).ok_or(Unauthenticated::Invalid))
    }

    /// Who the claim belongs to, where it is true: `session` is the one that it names.
    async fn prove(
        &self,
        claim: Claim,
        session: Option<Session>,
    ) -> Result<Result<Proven, Unauthenticated>, KernelError> {
        let live = session.filter(|session| session.is_live(self.clock().now()));
        let (owner, credential, bound) = match claim {
            Claim::Token { user, credential, bound, .. } => {
                (live.filter(|live| live.user_id == user).map(|_| user), credential, bound)
            }
            Claim::Cookie(_) => {
                let Some(live) = live else { return Ok(Err(Unauthenticated::Invalid)) };
                (Some(live.user_id), Credential::Session(live.id), live.workspace_id)
            }
            Claim::Key(hash) => return self.prove_key(&hash).await,
            Claim::Client(id) => return self.prove_client(id).await,
        };
        let proven = |user| Proven { principal: Principal::User(user), credential, bound };
        Ok(owner.map(proven).ok_or(Unauthenticated::Invalid))
    }

    async fn prove_client(
        &self,
        client: ServiceAccountId,
    ) -> Result<Result<Proven, Unauthenticated>, KernelError> {
        let home = self.unit(Scope::Platform, Access::Read).await?.client_directory().find(client).await?;
        let Some(home) = home else { return Ok(Err(Unauthenticated::Invalid)) };
        let unit = self.unit(Scope::of(home), Access::Read).await?;
        let account = unit.service_accounts().find(client).await?;
        Ok(account.ok_or(Unauthenticated::Invalid).map(|account| Proven {
            principal: Principal::ServiceAccount(client),
            credential: Credential::ClientCredentials { product: account.product_id },
            bound: None,
        }))
    }

    /// The key as it is now; a member who is suspended is turned away where he is admitted.
    async fn prove_key(&self, hash: &SecretHash) -> Result<Result<Proven, Unauthenticated>, KernelError> {
        let found = self.unit(Scope::Platform, Access::Read).await?.directory().find_api_key(hash).await?;
        let Some((workspace, id)) = found else { return Ok(Err(Unauthenticated::Invalid)) };
        let unit = self.unit(Scope::of(workspace), Access::Read).await?;
        let key = unit.api_keys().find(id).await?.filter(|key| key.is_live(self.clock().now()));
        let Some(key) = key else { return Ok(Err(Unauthenticated::Invalid)) };
        if !unit.users().find(key.user_id).await?.is_some_and(|user| user.active) {
            return Ok(Err(Unauthenticated::Invalid));
        }
        Ok(Ok(Proven {
            principal: Principal::User(key.user_id),
            credential: Credential::ApiKey { key: id, read_only: key.read_only },
            bound: Some(workspace),
        }))
    }

    /// The issuer of our tokens: the public URL without a trailing slash.
    pub fn issuer(&self) -> String {
        self.settings().public_url.as_str().trim_end_matches('/').to_owned()
    }
}

/// What a token is remembered by: its hash, and that of where it was brought to.
fn remembered_by(requested: &Requested, token: &str) -> [u8; 32] {
    let place = match requested {
        Requested::Platform => "",
        Requested::Prefix { prefix, .. } => prefix.as_str(),
    };
    Sha256::new().chain_update(place).chain_update([0]).chain_update(token).finalize().into()
}

/// The hash of a secret, where the text is one.
fn hash_of(secret: &str) -> Result<SecretHash, Unauthenticated> {
    secret.parse::<Secret>().map(|secret| secret.hash()).map_err(|_| Unauthenticated::Invalid)
}

impl Claim {
    /// The session that it names.
    fn session(&self) -> Option<NamedSession<'_>> {
        match self {
            Self::Token { session, .. } => Some(NamedSession::Id(*session)),
            Self::Cookie(secret) => Some(NamedSession::Secret(secret)),
            Self::Key(_) | Self::Client(_) => None,
        }
    }
}

impl From<Subject> for Claim {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::User { user, session, workspace } => {
                Self::Token { session, user, credential: Credential::Session(session), bound: workspace }
            }
            Subject::Product { user, session, product, workspace, launch } => {
                let credential = Credential::ProductToken { product, launch };
                Self::Token { session, user, credential, bound: Some(workspace) }
            }
            Subject::Client(id) => Self::Client(id),
        }
    }
}
