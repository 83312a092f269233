//! The application layer's front: one value that every use case hangs on.

use std::{sync::Arc, time::Instant};

use guildhall_artifacts::Kinds;
use guildhall_authz::{Authz, AuthzStore};
use guildhall_core::{Access, Clock, IdGenerator, Scope, SystemClock, SystemIds, WorkspaceId};
use guildhall_identity::{Identity, IdentityStore, PasswordHasher};
use guildhall_orchestration::{Orchestration, OrchestrationStore};
use guildhall_products::{Products, ProductsStore};
use guildhall_tenancy::{BaseDomain, Tenancy, TenancyStore};
use url::Url;

use crate::{
    Argon2Hasher, Begun, Database, Jwk, KernelError, KeyRing, MasterKey, Request, UnitOfWork,
    artifacts::KnownArtifacts,
    known::Known,
    limit::{Guard, SignInLimits},
    remembered::Remembered,
    streams::Streams,
    unit::Unit,
    view::{View, ViewCache},
    work::{Admission, Work},
};

/// How many letters anybody may have sent to one address within the window of the failed sign-ins.
const LETTERS: usize = 3;
/// How many letters with invitations members may have sent to one address within that window.
const INVITATIONS: usize = 10;

/// What the operator decides.
#[derive(Clone)]
pub struct Settings {
    /// Where people reach the platform; the issuer of its tokens, and what links are built from.
    pub public_url: Url,
    /// The domain whose labels are the workspaces' prefixes.
    pub base_domain: BaseDomain,
    /// Opens the signing keys.
    pub master_key: MasterKey,
    /// Whether `/oauth/token` takes a password.
    pub password_grant: bool,
    /// Whether mail goes out; without it an invitation's link is in the answer.
    pub mail: bool,
    /// What sorts of artifacts there are.
    pub kinds: Arc<Kinds>,
    /// How often somebody may try to sign in.
    pub sign_in: SignInLimits,
}

/// All use cases of the platform. Cheap to clone; clones share one state.
#[derive(Clone)]
pub struct Kernel {
    shared: Arc<Shared>,
}

struct Shared {
    database: Arc<dyn Database>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    hasher: Arc<dyn PasswordHasher>,
    settings: Settings,
    keys: KeyRing,
    views: ViewCache,
    known: Known,
    remembered: Remembered,
    artifacts: KnownArtifacts,
    streams: Streams,
    guard: Guard,
    letters: Guard,
    invitations: Guard,
}

impl Kernel {
    /// A kernel on a database, with the machine's clock and randomness.
    pub fn new(database: Arc<dyn Database>, settings: Settings) -> Self {
        Self::with(
            database,
            settings,
            Arc::new(SystemClock),
            Arc::new(SystemIds),
            Arc::new(Argon2Hasher::default()),
        )
    }

    /// A kernel on a database, with a clock, ids and a password hasher of the caller's choice.
    pub fn with(
        database: Arc<dyn Database>,
        settings: Settings,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdGenerator>,
        hasher: Arc<dyn PasswordHasher>,
    ) -> Self {
        let guard = Guard::new(settings.sign_in);
        let at_most = |letters: usize| {
            Guard::new(SignInLimits {
                per_account: settings.sign_in.per_account.min(letters),
                ..settings.sign_in
            })
        };
        let (letters, invitations) = (at_most(LETTERS), at_most(INVITATIONS));
        let shared = Shared {
            database,
            clock,
            ids,
            hasher,
            settings,
            keys: KeyRing::default(),
            views: ViewCache::default(),
            known: Known::default(),
            remembered: Remembered::default(),
            artifacts: KnownArtifacts::default(),
            streams: Streams::default(),
            guard,
            letters,
            invitations,
        };
        Self { shared: Arc::new(shared) }
    }

    /// What the operator decided.
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// The public keys that verify the platform's tokens, newest first.
    pub fn public_keys(&self) -> Vec<Jwk> {
        self.shared.keys.public()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`KernelError::Store`] where it does not.
    pub async fn ping(&self) -> Result<(), KernelError> {
        Ok(self.shared.database.ping().await?)
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.shared.clock
    }

    pub(crate) fn ids(&self) -> &dyn IdGenerator {
        &*self.shared.ids
    }

    pub(crate) fn hasher(&self) -> &dyn PasswordHasher {
        &*self.shared.hasher
    }

    pub(crate) fn keys(&self) -> &KeyRing {
        &self.shared.keys
    }

    pub(crate) fn views(&self) -> &ViewCache {
        &self.shared.views
    }

    pub(crate) fn guard(&self) -> &Guard {
        &self.shared.guard
    }

    /// Who has asked how often for letters to which address.
    pub(crate) fn letters(&self) -> &Guard {
        &self.shared.letters
    }

    /// To which address how many invitations were sent. Apart from the other letters, so that nobody keeps anybody from a new
    /// password by inviting him.
    pub(crate) fn invitation_letters(&self) -> &Guard {
        &self.shared.invitations
    }

    pub(crate) fn known(&self) -> &Known {
        &self.shared.known
    }

    pub(crate) fn remembered(&self) -> &Remembered {
        &self.shared.remembered
    }

    /// Artifacts that were resolved before.
    pub(crate) fn known_artifacts(&self) -> &KnownArtifacts {
        &self.shared.artifacts
    }

    /// The streams of events that are open on this node.
    pub(crate) fn streams(&self) -> &Streams {
        &self.shared.streams
    }

    pub(crate) fn database(&self) -> &dyn Database {
        &*self.shared.database
    }

    /// The view as the unit of work sees the world. What a unit that reads finds is as new as its first statement.
    pub(crate) async fn find_view(
        &self,
        unit: &dyn UnitOfWork,
        scope: Scope,
        access: Access,
    ) -> Result<Arc<View>, KernelError> {
        let at = Instant::now();
        let view = self.views().find(unit, scope, access).await?;
        if let (Some(workspace), Access::Read) = (scope.workspace(), access) {
            self.note_epochs(workspace, view.epochs, at);
        }
        Ok(view)
    }

    /// A bare unit of work, for what happens before a caller is known.
    pub(crate) async fn unit(&self, scope: Scope, access: Access) -> Result<Unit<'_>, KernelError> {
        Ok(Unit::new(self, self.shared.database.begin(scope, access).await?))
    }

    /// Begins a use case that changes something, in the caller's workspace: admits him, and claims the idempotency key.
    pub(crate) async fn begin<'k>(&'k self, request: &'k Request) -> Result<Begun<'k>, KernelError> {
        begun(Work::open(self, request, scope_of(request)?, Access::Write, Admission::User).await?).await
    }

    /// Begins a use case that raises an epoch. It waits for others that do before anything is decided, so that what is decided
    /// still holds when it is done.
    pub(crate) async fn begin_raising<'k>(&'k self, request: &'k Request) -> Result<Begun<'k>, KernelError> {
        begun(Work::open_raising(self, request, scope_of(request)?).await?).await
    }

    /// Begins a use case whose answer holds a secret. It is shown once, so the request can't be repeated by a key.
    pub(crate) async fn begin_once<'k>(&'k self, request: &'k Request) -> Result<Work<'k>, KernelError> {
        request.expect_no_key()?;
        if request.idempotency_key.is_some() {
            let detail = "the answer holds a secret, which is shown once: send no idempotency key".to_owned();
            return Err(KernelError::Refused { code: "idempotency_key_not_taken", detail });
        }
        Work::open(self, request, scope_of(request)?, Access::Write, Admission::User).await
    }

    /// Begins a use case of the platform itself that changes something: claims the idempotency key.
    pub(crate) async fn begin_platform<'k>(&'k self, request: &'k Request) -> Result<Begun<'k>, KernelError> {
        begun(Work::open_platform(self, request, Access::Write).await?).await
    }

    /// Begins a use case of the platform itself that reads.
    pub(crate) async fn read_platform<'k>(&'k self, request: &'k Request) -> Result<Work<'k>, KernelError> {
        Work::open_platform(self, request, Access::Read).await
    }

    /// Begins a use case that reads, and records that it did.
    pub(crate) async fn begin_reading<'k>(&'k self, request: &'k Request) -> Result<Work<'k>, KernelError> {
        Work::open(self, request, scope_of(request)?, Access::Write, Admission::User).await
    }

    /// Begins a use case that reads, in the caller's workspace.
    pub(crate) async fn read<'k>(&'k self, request: &'k Request) -> Result<Work<'k>, KernelError> {
        self.read_at(request, scope_of(request)?, Admission::User).await
    }

    /// Begins a use case that reads, in a scope that follows from something else than the caller's workspace.
    pub(crate) async fn read_at<'k>(
        &'k self,
        request: &'k Request,
        scope: Scope,
        admission: Admission,
    ) -> Result<Work<'k>, KernelError> {
        Work::open(self, request, scope, Access::Read, admission).await
    }

    pub(crate) fn identity<'a>(&'a self, store: &'a dyn IdentityStore) -> Identity<'a> {
        Identity::new(store, self.clock(), self.ids())
    }

    pub(crate) fn tenancy<'a>(&'a self, store: &'a dyn TenancyStore) -> Tenancy<'a> {
        Tenancy::new(store, self.clock(), self.ids())
    }

    pub(crate) fn authz<'a>(&'a self, store: &'a dyn AuthzStore) -> Authz<'a> {
        Authz::new(store, self.clock(), self.ids())
    }

    pub(crate) fn products<'a>(&'a self, store: &'a dyn ProductsStore, space: WorkspaceId) -> Products<'a> {
        Products::new(store, space, self.clock(), self.ids())
    }

    pub(crate) fn orchestration<'a>(&'a self, store: &'a dyn OrchestrationStore) -> Orchestration<'a> {
        Orchestration::new(store, self.clock(), self.ids())
    }
}

/// Claims the idempotency key.
async fn begun(work: Work<'_>) -> Result<Begun<'_>, KernelError> {
    match work.claim_key().await? {
        Some(subject) => Ok(Begun::Replay(subject)),
        None => Ok(Begun::Fresh(work)),
    }
}

/// The caller's workspace as a scope; the System space is one too.
fn scope_of(request: &Request) -> Result<Scope, KernelError> {
    request.caller.workspace().map(Scope::of).ok_or(KernelError::WorkspaceRequired)
}
