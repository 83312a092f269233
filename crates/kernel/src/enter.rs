//! Where a request goes and who sends it, decided once, before anything else.

use guildhall_core::{
    Access, ApiKeyId, Caller, Credential, Principal, Scope, Secret, ServiceAccountId, SessionId, UserId,
    WorkspaceId,
};
use guildhall_identity::Session;
use guildhall_tenancy::{Requested, acting_workspace};
use sha2::{Digest as _, Sha256};

use crate::{Kernel, KernelError, Unauthenticated, UnitOfWork, api_keys::KEY_MARK, token::Subject};

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

/// What a credential proves by itself.
enum Proof {
    /// Who it belongs to.
    Of(Proven),
    /// A service account, which is kept in its home.
    Client {
        /// The account.
        id: ServiceAccountId,
        /// Where it lives.
        home: WorkspaceId,
    },
    /// An API key, which is kept in its workspace.
    Key {
        /// The key.
        id: ApiKeyId,
        /// Where alone it counts.
        workspace: WorkspaceId,
    },
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
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let workspace = match requested {
            Requested::Platform => None,
            Requested::Prefix { prefix, .. } => {
                Some(unit.workspaces().find_by_prefix(prefix).await?.ok_or(KernelError::NotFound)?.id)
            }
        };
        let proof = match bearer {
            None => Err(Unauthenticated::Missing),
            Some(Bearer::Token(token)) => self.prove_token(&*unit, token).await?,
            Some(Bearer::Cookie(secret)) => self.prove_cookie(&*unit, secret).await?.map(Proof::Of),
        };
        let admins = match workspace {
            Some(id) if id.is_system() => unit.platform_admins().list().await?,
            Some(_) | None => Vec::new(),
        };
        drop(unit); // one unit of work at a time
        let proven = match proof {
            Ok(Proof::Of(proven)) => Ok(proven),
            Ok(Proof::Client { id, home }) => self.prove_client(id, home).await?,
            Ok(Proof::Key { id, workspace }) => self.prove_key(id, workspace).await?,
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

    async fn prove_token(
        &self,
        unit: &dyn UnitOfWork,
        token: &str,
    ) -> Result<Result<Proof, Unauthenticated>, KernelError> {
        if let Some(secret) = token.strip_prefix(KEY_MARK) {
            return find_key(unit, secret).await;
        }
        if !self.keys().knows(token) {
            self.load_keys(unit).await?;
        }
        let issuer = self.issuer();
        let Some(subject) =
            self.keys().verify(token, &issuer, self.clock().now()).and_then(|claims| claims.subject())
        else {
            return Ok(Err(Unauthenticated::Invalid));
        };
        match subject {
            Subject::User { user, session, workspace } => {
                let credential = Credential::Session(session);
                Ok(self.prove_user(unit, user, session, credential, workspace).await?.map(Proof::Of))
            }
            Subject::Product { user, session, product, workspace, launch } => {
                let credential = Credential::ProductToken { product, launch };
                Ok(self.prove_user(unit, user, session, credential, Some(workspace)).await?.map(Proof::Of))
            }
            Subject::Client(id) => {
                let home = unit.client_directory().find(id).await?;
                Ok(home.map(|home| Proof::Client { id, home }).ok_or(Unauthenticated::Invalid))
            }
        }
    }

    async fn prove_user(
        &self,
        unit: &dyn UnitOfWork,
        user: UserId,
        session: SessionId,
        credential: Credential,
        bound: Option<WorkspaceId>,
    ) -> Result<Result<Proven, Unauthenticated>, KernelError> {
        let stored = unit.sessions().find(session).await?;
        if !stored.is_some_and(|stored| self.is_live(&stored) && stored.user_id == user) {
            return Ok(Err(Unauthenticated::Invalid));
        }
        let active = unit.users().find(user).await?.is_some_and(|user| user.active);
        Ok(if active {
            Ok(Proven { principal: Principal::User(user), credential, bound })
        } else {
            Err(Unauthenticated::Invalid)
        })
    }

    async fn prove_cookie(
        &self,
        unit: &dyn UnitOfWork,
        secret: &str,
    ) -> Result<Result<Proven, Unauthenticated>, KernelError> {
        let Ok(secret) = secret.parse::<Secret>() else { return Ok(Err(Unauthenticated::Invalid)) };
        let Some(session) = unit.sessions().find_by_secret_hash(&secret.hash()).await? else {
            return Ok(Err(Unauthenticated::Invalid));
        };
        let credential = Credential::Session(session.id);
        self.prove_user(unit, session.user_id, session.id, credential, session.workspace_id).await
    }

    async fn prove_client(
        &self,
        client: ServiceAccountId,
        home: WorkspaceId,
    ) -> Result<Result<Proven, Unauthenticated>, KernelError> {
        let unit = self.unit(Scope::of(home), Access::Read).await?;
        let account = unit.service_accounts().find(client).await?;
        Ok(account.ok_or(Unauthenticated::Invalid).map(|account| Proven {
            principal: Principal::ServiceAccount(client),
            credential: Credential::ClientCredentials { product: account.product_id },
            bound: None,
        }))
    }

    /// The key as it is now; a member who is suspended is turned away where he is admitted.
    async fn prove_key(
        &self,
        id: ApiKeyId,
        workspace: WorkspaceId,
    ) -> Result<Result<Proven, Unauthenticated>, KernelError> {
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

    fn is_live(&self, session: &Session) -> bool {
        session.is_live(self.clock().now())
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

/// Where an API key leads.
async fn find_key(
    unit: &dyn UnitOfWork,
    secret: &str,
) -> Result<Result<Proof, Unauthenticated>, KernelError> {
    let Ok(secret) = secret.parse::<Secret>() else { return Ok(Err(Unauthenticated::Invalid)) };
    let found = unit.directory().find_api_key(&secret.hash()).await?;
    Ok(found.map(|(workspace, id)| Proof::Key { id, workspace }).ok_or(Unauthenticated::Invalid))
}
