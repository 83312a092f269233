//! Ways in: passwords and client credentials, and the sessions that they open.

use std::net::IpAddr;

use chrono::TimeDelta;
use guildhall_core::{
    Access, Caller, Credential, Email, Principal, RequestId, Scope, Secret, ServiceAccountId, SigningKeyId,
    WorkspaceId,
};
use guildhall_identity::{Password, PasswordHash, Session, User};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::{
    AccessToken, Event, Kernel, KernelError, KeyRing, Request, TOKEN_LIFETIME, Unauthenticated, UnitOfWork,
    operator::operator,
    passwords::still_has,
    token::Subject,
    work::{Admission, Work, record},
};

/// Within what time each node notices that the signing keys were rotated.
pub const NOTICE: TimeDelta = TimeDelta::minutes(1);

/// How long a console session lives.
pub(crate) const COOKIE_LIFETIME: TimeDelta = TimeDelta::hours(12);

/// An address and a password, brought to one workspace or to the platform itself.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The address.
    pub email: Email,
    /// The password.
    pub password: Password,
    /// The workspace that host or header name.
    pub workspace: Option<WorkspaceId>,
    /// The address that the request came from, as far as it is known.
    pub address: Option<IpAddr>,
    /// The request's id, for the log.
    pub request_id: RequestId,
}

/// A session that was just opened.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who signed in.
    pub user: User,
    /// The session.
    pub session: Session,
    /// The secret of the session's cookie, shown this once.
    pub secret: Secret,
}

/// Whose password was right, and by which hash.
struct Proven {
    user: User,
    request: Request,
    hash: PasswordHash,
}

impl Kernel {
    /// Opens a session behind a cookie.
    ///
    /// # Errors
    /// [`Unauthenticated::WrongCredentials`] where address and password do not belong together, or the user is no member
    /// of the workspace: the two look alike.
    pub async fn sign_in(&self, command: SignIn) -> Result<SignedIn, KernelError> {
        let proven = self.check_password(&command).await?;
        let (user, work) = (proven.user.clone(), self.admit_proven(&proven).await?);
        let identity = self.identity(&*work);
        let (session, secret) =
            identity.open_cookie_session(user.id, command.workspace, COOKIE_LIFETIME).await?;
        work.finish(Event::new("session.opened", session.id.uuid(), user.display_name())).await?;
        Ok(SignedIn { user, session, secret })
    }

    /// Opens a session that lives by one access token (the password grant, for first-party clients).
    ///
    /// # Errors
    /// As [`Self::sign_in`]; [`KernelError::Refused`] where the operator has switched the grant off.
    pub async fn password_token(&self, command: SignIn) -> Result<AccessToken, KernelError> {
        if !self.settings().password_grant {
            let detail = "the password grant is switched off here".to_owned();
            return Err(KernelError::Refused { code: "unsupported_grant_type", detail });
        }
        let proven = self.check_password(&command).await?;
        let (user, work) = (proven.user.clone(), self.admit_proven(&proven).await?);
        let session = self.identity(&*work).open_session(user.id, command.workspace, TOKEN_LIFETIME).await?;
        let subject = Subject::User { user: user.id, session: session.id, workspace: command.workspace };
        let token = self.issue(subject)?;
        work.finish(Event::new("session.opened", session.id.uuid(), user.display_name())).await?;
        Ok(token)
    }

    /// An access token for a service account.
    ///
    /// # Errors
    /// [`Unauthenticated::WrongCredentials`] where id and secret do not belong together.
    pub async fn client_token(
        &self,
        client: ServiceAccountId,
        secret: &Secret,
    ) -> Result<AccessToken, KernelError> {
        let wrong = || KernelError::Unauthenticated(Unauthenticated::WrongCredentials);
        let platform = self.unit(Scope::Platform, Access::Read).await?;
        let home = platform.client_directory().find(client).await?.ok_or_else(wrong)?;
        drop(platform);
        let unit = self.unit(Scope::of(home), Access::Read).await?;
        let account = unit.service_accounts().find(client).await?.ok_or_else(wrong)?;
        if !bool::from(account.secret_hash.as_bytes().ct_eq(secret.hash().as_bytes())) {
            return Err(wrong());
        }
        drop(unit);
        let token = self.issue(Subject::Client(client))?;
        let credential = Credential::ClientCredentials { product: account.product_id };
        let caller = Caller::trusted(Principal::ServiceAccount(client), credential, Some(home));
        let unit = self.unit(Scope::of(home), Access::Write).await?;
        let event = Event::new("token.issued", client.uuid(), account.name.to_string());
        record(self, &*unit, &caller, self.clock().now(), event).await?;
        unit.commit().await?;
        Ok(token)
    }

    /// The caller's own session.
    ///
    /// # Errors
    /// [`KernelError::TokenAudience`] where the caller has none.
    pub async fn find_session(&self, request: &Request) -> Result<Session, KernelError> {
        let Credential::Session(session) = request.caller.credential() else {
            return Err(KernelError::TokenAudience);
        };
        let work = self.read_anywhere(request).await?;
        work.sessions().find(session).await?.ok_or(KernelError::NotFound)
    }

    /// Ends the caller's own session.
    ///
    /// # Errors
    /// [`KernelError::Stale`] where the request names a version, which a session has not; [`KernelError::Store`] where it
    /// can't be stored.
    pub async fn sign_out(&self, request: &Request) -> Result<(), KernelError> {
        let Credential::Session(session) = request.caller.credential() else {
            return Err(KernelError::TokenAudience);
        };
        let work = self.begin_anywhere(request).await?;
        request.expect_no_version()?;
        self.identity(&*work).end_session(session).await?;
        work.finish(Event::new("session.ended", session.uuid(), None)).await
    }

    /// The password is checked outside of any unit of work that could hold the writer; and not at all while too many have
    /// failed, so that during a lock nobody learns whether it is right.
    async fn check_password(&self, command: &SignIn) -> Result<Proven, KernelError> {
        let wrong = || KernelError::Unauthenticated(Unauthenticated::WrongCredentials);
        let attempt = self.guard().attempt(&command.email, command.address, self.clock().now())?;
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let user = unit.users().find_by_email(&command.email).await?.filter(|user| user.active);
        let hash = match &user {
            Some(user) => unit.credentials().find(user.id).await?,
            None => None,
        };
        drop(unit);
        let right = self.hasher().verify(&command.password, hash.clone()).await?;
        let Some(user) = user else {
            self.record_unknown(command);
            return Err(wrong());
        };
        let caller = Caller::trusted(Principal::User(user.id), Credential::Password, command.workspace);
        let request = Request::embedded(caller, command.request_id);
        if let Some(hash) = hash.filter(|_| right) {
            attempt.forgive();
            return Ok(Proven { user, request, hash });
        }
        self.record_refusal(user, request);
        Err(wrong())
    }

    /// Begins the sign-in, where the password is still the one that was proven.
    async fn admit_proven<'k>(&'k self, proven: &'k Proven) -> Result<Work<'k>, KernelError> {
        let work = self.admit(&proven.request).await?;
        if still_has(&*work, proven.user.id, &proven.hash).await? {
            Ok(work)
        } else {
            Err(Unauthenticated::WrongCredentials.into())
        }
    }

    /// Beside the answer, so that it takes no longer for an address that has an account here than for any other.
    fn record_refusal(&self, user: User, request: Request) {
        let kernel = self.clone();
        tokio::spawn(async move {
            let event = Event::new("session.refused", user.id.uuid(), user.display_name());
            let recorded = match kernel.begin_anywhere(&request).await {
                Ok(work) => work.finish(event).await,
                Err(stranger) => Err(stranger),
            };
            if let Err(error) = recorded {
                tracing::info!(%error, user = %user.id, "a refused sign-in was not recorded in the workspace");
            }
        });
    }

    /// In System's log, and without the address in clear: nobody says that it is anybody's.
    fn record_unknown(&self, command: &SignIn) {
        let (kernel, workspace) = (self.clone(), command.workspace);
        let address = self.settings().master_key.fingerprint(command.email.as_str().as_bytes());
        tokio::spawn(async move {
            let nobody = Principal::ServiceAccount(ServiceAccountId::new(Uuid::nil()));
            let caller = Caller::trusted(nobody, Credential::Password, workspace);
            let event = Event::new("session.refused", address, None);
            let recorded = async {
                let unit = kernel.unit(Scope::System, Access::Write).await?;
                record(&kernel, &*unit, &caller, kernel.clock().now(), event).await?;
                unit.commit().await
            };
            if let Err(error) = recorded.await {
                tracing::info!(%error, "a refused sign-in of an unknown address was not recorded");
            }
        });
    }

    /// Opens the workspace for somebody whose password is right; for a stranger that fails like a wrong password.
    pub(crate) async fn admit<'k>(&'k self, request: &'k Request) -> Result<Work<'k>, KernelError> {
        self.begin_anywhere(request).await.map_err(|error| match error {
            KernelError::NotFound => KernelError::Unauthenticated(Unauthenticated::WrongCredentials),
            other => other,
        })
    }

    /// Begins a use case that needs no workspace: in the caller's one, or, on the platform itself, with System's log.
    pub(crate) async fn begin_anywhere<'k>(&'k self, request: &'k Request) -> Result<Work<'k>, KernelError> {
        self.open_anywhere(request, Access::Write, Admission::User).await
    }

    /// The same for a use case that reads.
    pub(crate) async fn read_anywhere<'k>(&'k self, request: &'k Request) -> Result<Work<'k>, KernelError> {
        self.open_anywhere(request, Access::Read, Admission::User).await
    }

    /// The same for what launched products may read too.
    pub(crate) async fn read_anywhere_as_product<'k>(
        &'k self,
        request: &'k Request,
    ) -> Result<Work<'k>, KernelError> {
        self.open_anywhere(request, Access::Read, Admission::Product).await
    }

    async fn open_anywhere<'k>(
        &'k self,
        request: &'k Request,
        access: Access,
        inside: Admission,
    ) -> Result<Work<'k>, KernelError> {
        let (scope, admission) = match request.caller.workspace() {
            Some(id) => (Scope::of(id), inside),
            None => (Scope::System, Admission::Anyone),
        };
        Work::open(self, request, scope, access, admission).await
    }

    pub(crate) fn issue(&self, subject: Subject) -> Result<AccessToken, KernelError> {
        let now = self.clock().now();
        let expires_at = now + TOKEN_LIFETIME;
        let claims = subject.claims(&self.issuer(), self.ids().uuid(), now, expires_at);
        Ok(AccessToken { text: self.keys().sign(&claims)?, expires_at })
    }

    /// Reads the signing keys, and makes the first one where there is none. Comes before anything is served.
    ///
    /// # Errors
    /// [`KernelError::Internal`] where the stored keys do not open with the master key.
    pub async fn prepare(&self) -> Result<(), KernelError> {
        let unit = self.unit(Scope::Platform, Access::Write).await?;
        if unit.signing_keys().list().await?.iter().all(|key| key.retired_at.is_some()) {
            let id = SigningKeyId::new(self.ids().uuid());
            let key = KeyRing::generate(id, &self.settings().master_key, self.clock().now())?;
            unit.signing_keys().insert(&key).await?;
        }
        self.load_keys(&*unit).await?;
        unit.commit().await
    }

    /// A retired key stays until the last token that any node signed with it has ended.
    pub(crate) async fn load_keys(&self, unit: &dyn UnitOfWork) -> Result<(), KernelError> {
        let gone = self.clock().now() - TOKEN_LIFETIME - NOTICE * 2;
        let mut keys = unit.signing_keys().list().await?;
        keys.retain(|key| key.retired_at.is_none_or(|retired| retired > gone));
        self.keys().load(&keys, &self.settings().master_key)
    }

    /// Reads the signing keys again. A node that does so each [`NOTICE`] signs with no retired key for longer.
    ///
    /// # Errors
    /// As [`Self::prepare`].
    pub async fn refresh_keys(&self) -> Result<(), KernelError> {
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        self.load_keys(&*unit).await
    }

    /// Makes a new signing key, with which tokens are signed from now on. Those of the old one stay good.
    ///
    /// # Errors
    /// [`KernelError::Store`] where it can't be stored.
    pub async fn rotate_keys(&self) -> Result<SigningKeyId, KernelError> {
        let unit = self.unit(Scope::System, Access::Write).await?;
        let now = self.clock().now();
        let id = SigningKeyId::new(self.ids().uuid());
        let key = KeyRing::generate(id, &self.settings().master_key, now)?;
        for old in unit.signing_keys().list().await?.iter().filter(|key| key.retired_at.is_none()) {
            unit.signing_keys().update_retired(old.id, now).await?;
        }
        unit.signing_keys().insert(&key).await?;
        let event = Event::new("signing_key.rotated", id.uuid(), None);
        record(self, &*unit, &operator(WorkspaceId::SYSTEM), now, event).await?;
        self.load_keys(&*unit).await?;
        unit.commit().await?;
        Ok(id)
    }
}
