//! One unit of work with the caller who asked for it: what he may do, and the record of what he did.

use std::{ops::Deref, sync::Arc};

use chrono::{DateTime, Utc};
use guildhall_authz::{Change, Epoch, Owner};
use guildhall_core::{
    Access, AccountId, Caller, Credential, EventId, EventRecord, EventSubject, PermissionCode, Principal,
    ProductId, Scope, UserId, WorkspaceId,
};
use guildhall_orchestration::OrchestrationStore;
use uuid::Uuid;

use crate::{
    Event, Kernel, KernelError, KeyClaim, Request, Unauthenticated, UnitOfWork,
    event::{actor_kind, origin},
    rights::Rights,
    unit::Unit,
    view::View,
};

/// Whom a use case lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Users and service accounts with a token for the whole API.
    User,
    /// Those, and the tokens of launched products.
    Product,
    /// Whoever is signed in, member or not: for what is the platform's own.
    Anyone,
}

/// A unit of work whose caller is admitted to its workspace. Dropping it rolls back.
pub(crate) struct Work<'k> {
    kernel: &'k Kernel,
    unit: Unit<'k>,
    request: &'k Request,
    view: Arc<View>,
    now: DateTime<Utc>,
}

impl Deref for Work<'_> {
    type Target = dyn UnitOfWork;

    fn deref(&self) -> &Self::Target {
        &*self.unit
    }
}

impl<'k> Work<'k> {
    /// Opens a unit of work and admits the caller: a member, or a holder of any code on the workspace's account. For
    /// anybody else the workspace is not there.
    pub(crate) async fn open(
        kernel: &'k Kernel,
        request: &'k Request,
        scope: Scope,
        access: Access,
        admission: Admission,
    ) -> Result<Self, KernelError> {
        expect_audience(request, admission)?;
        let unit = kernel.unit(scope, access).await?;
        Self::admitted(kernel, request, unit, scope, (access, admission)).await
    }

    /// The same for a use case that raises an epoch: it has the lock before the caller's rights are read.
    pub(crate) async fn open_raising(
        kernel: &'k Kernel,
        request: &'k Request,
        scope: Scope,
    ) -> Result<Self, KernelError> {
        expect_audience(request, Admission::User)?;
        let unit = kernel.unit(scope, Access::Write).await?;
        unit.epochs().lock().await?;
        Self::admitted(kernel, request, unit, scope, (Access::Write, Admission::User)).await
    }

    /// Opens a unit of work for what is the platform's own, which is asked on the base domain alone. What it records goes
    /// into System's log. One that writes has the System's epoch locked.
    pub(crate) async fn open_platform(
        kernel: &'k Kernel,
        request: &'k Request,
        access: Access,
    ) -> Result<Self, KernelError> {
        expect_audience(request, Admission::Anyone)?;
        if request.caller.workspace().is_some() {
            return Err(KernelError::NotFound);
        }
        let unit = kernel.unit(Scope::System, access).await?;
        if access == Access::Write {
            unit.epochs().lock().await?;
        }
        Self::admitted(kernel, request, unit, Scope::System, (access, Admission::Anyone)).await
    }

    /// Opens a unit of work for whoever holds the database, in whatever scope he acts. Nothing asks what he may.
    pub(crate) async fn open_operator(
        kernel: &'k Kernel,
        request: &'k Request,
        scope: Scope,
        access: Access,
    ) -> Result<Self, KernelError> {
        let unit = kernel.unit(scope, access).await?;
        Self::admitted(kernel, request, unit, scope, (access, Admission::Anyone)).await
    }

    /// The same work, from now on in another workspace's rows and log. The caller's rights stay those that it began with.
    pub(crate) async fn rebind(self, scope: Scope) -> Result<Self, KernelError> {
        let unit = self.unit.rebind(scope).await?;
        Ok(Self { unit, ..self })
    }

    /// The same work after a user's keys have ended in all his workspaces.
    pub(crate) async fn end_keys_everywhere(self, user: UserId) -> Result<Self, KernelError> {
        let unit = self.kernel.end_keys_everywhere(self.unit, user, &self.request.caller).await?;
        Ok(Self { unit, ..self })
    }

    async fn admitted(
        kernel: &'k Kernel,
        request: &'k Request,
        unit: Unit<'k>,
        scope: Scope,
        (access, admission): (Access, Admission),
    ) -> Result<Self, KernelError> {
        if access == Access::Write
            && matches!(request.caller.credential(), Credential::ApiKey { read_only: true, .. })
        {
            return Err(KernelError::ReadOnlyKey);
        }
        let view = kernel.find_view(&*unit, scope, access).await?;
        let work = Self { kernel, unit, request, view, now: kernel.clock().now() };
        if admission != Admission::Anyone {
            work.rights().admit()?;
        }
        if let Credential::ProductToken { product, .. } = request.caller.credential() {
            work.admit_product(product).await?;
        }
        Ok(work)
    }

    /// A product's token ends with the product's place in the workspace.
    async fn admit_product(&self, product: ProductId) -> Result<(), KernelError> {
        let product = self.products().find(product).await?.ok_or(Unauthenticated::Invalid)?;
        if self.reaches(&product).await? { Ok(()) } else { Err(Unauthenticated::Invalid.into()) }
    }

    /// What the caller may do here and now.
    pub(crate) fn rights(&self) -> Rights<'_> {
        Rights { view: &self.view, caller: &self.request.caller, now: self.now }
    }

    /// Whether somebody may come into the workspace at all.
    pub(crate) fn is_admitted(&self, who: Principal) -> bool {
        self.rights().is_admitted(who)
    }

    /// The kernel that opened the work.
    pub(crate) fn kernel(&self) -> &'k Kernel {
        self.kernel
    }

    /// Who asks.
    pub(crate) fn caller(&self) -> &Caller {
        &self.request.caller
    }

    /// The request that the work is for.
    pub(crate) fn request(&self) -> &Request {
        self.request
    }

    /// The unit of work itself, for what asks for one.
    pub(crate) fn unit(&self) -> &dyn UnitOfWork {
        &*self.unit
    }

    /// The unit of work, as orchestration asks for it.
    pub(crate) fn store(&self) -> &dyn OrchestrationStore {
        &*self.unit
    }

    /// When the work began: what expiries are compared with.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The workspace as authorization sees it.
    pub(crate) fn view(&self) -> &View {
        &self.view
    }

    /// The one whose rights count: the caller, or for a product's service account all of that product's.
    pub(crate) fn principal(&self) -> Principal {
        self.rights().principal()
    }

    /// Whether the caller holds one of the platform's codes on an account.
    pub(crate) fn may(&self, code: &PermissionCode, account: AccountId) -> bool {
        self.rights().may(code, account)
    }

    /// Whether somebody holds one of the platform's codes on an account.
    pub(crate) fn allows(&self, who: Principal, code: &PermissionCode, account: AccountId) -> bool {
        self.rights().allows(who, code, account)
    }

    /// The codes of one product that somebody holds on an account, by their spelling.
    pub(crate) fn product_codes(
        &self,
        who: Principal,
        product: ProductId,
        account: AccountId,
    ) -> Vec<PermissionCode> {
        let held = self.view.snapshot.permissions(who, account, self.now);
        let owner = Owner::Product(product);
        held.into_iter().filter(|held| held.owner == owner).map(|held| held.code).collect()
    }

    /// The platform's codes that the caller holds on an account, by their spelling.
    pub(crate) fn codes_on(&self, account: AccountId) -> Vec<PermissionCode> {
        let held = self.view.snapshot.permissions(self.principal(), account, self.now);
        held.into_iter().filter(|held| held.owner == Owner::Platform).map(|held| held.code).collect()
    }

    /// Refuses where the caller lacks the code on the account, which he may know of.
    pub(crate) fn require(&self, code: &PermissionCode, account: AccountId) -> Result<(), KernelError> {
        self.require_for(self.principal(), code, account)
    }

    /// The same for somebody on whose behalf the caller asks.
    pub(crate) fn require_for(
        &self,
        who: Principal,
        code: &PermissionCode,
        account: AccountId,
    ) -> Result<(), KernelError> {
        if self.allows(who, code, account) { Ok(()) } else { Err(KernelError::Forbidden(code.clone())) }
    }

    /// The workspace, or the System space, that the work is in.
    pub(crate) fn space(&self) -> Result<WorkspaceId, KernelError> {
        let workspace = self.view.workspace.as_ref().ok_or(KernelError::WorkspaceRequired)?;
        Ok(workspace.id)
    }

    /// Locks an epoch and raises it, and says all that changes: whoever keeps a view reads that anew and nothing else. Comes before
    /// the first write of a use case that changes what anybody may do; one that learns only by writing what it changes, and has
    /// the lock from its beginning, says it afterwards.
    pub(crate) async fn raise(&self, epoch: Epoch, changes: &[Change]) -> Result<(), KernelError> {
        self.unit.epochs().raise(epoch, changes).await?;
        Ok(())
    }

    /// The subject of an earlier request with the same key, or `None` where the request is new or has no key.
    pub(crate) async fn claim_key(&self) -> Result<Option<Uuid>, KernelError> {
        let Some(claim) = self.key_claim() else { return Ok(None) };
        let Some(claimed) = self.unit.idempotency_keys().insert(&claim).await? else { return Ok(None) };
        if claimed.body_hash != claim.body_hash {
            return Err(KernelError::KeyReused);
        }
        let lost = || KernelError::Internal("an idempotency key was committed without its subject".into());
        claimed.subject_id.ok_or_else(lost).map(Some)
    }

    fn key_claim(&self) -> Option<KeyClaim<'_>> {
        let key = self.request.idempotency_key.as_ref()?;
        Some(KeyClaim {
            principal: self.caller().principal().uuid(),
            route: &self.request.route,
            key: key.as_str(),
            body_hash: self.request.body_hash,
            at: self.now,
        })
    }

    /// Writes an event besides the last one.
    pub(crate) async fn record(&self, event: Event) -> Result<EventId, KernelError> {
        record(self.kernel, &*self.unit, self.caller(), self.now, event).await
    }

    /// Commits what came of the idempotency key where nothing had to change, so that there is nothing to tell.
    pub(crate) async fn finish_unchanged(self, subject: Uuid) -> Result<(), KernelError> {
        if let Some(claim) = self.key_claim() {
            self.unit.idempotency_keys().update_subject(&claim, subject).await?;
        }
        self.unit.commit().await
    }

    /// Writes the events of many changes, one after the other, and what came of the idempotency key, which is the last of
    /// them, and commits. Answers the last one.
    pub(crate) async fn finish_all(self, events: Vec<Event>) -> Result<EventId, KernelError> {
        let mut last = None;
        for event in events {
            last = Some(self.record(event).await?);
        }
        let last = last.ok_or_else(|| KernelError::Internal("nothing was changed".into()))?;
        if let Some(claim) = self.key_claim() {
            self.unit.idempotency_keys().update_subject(&claim, last.uuid()).await?;
        }
        self.unit.commit().await?;
        Ok(last)
    }

    /// Writes the event and what came of the idempotency key, and commits: the last line of every use case that writes.
    pub(crate) async fn finish(self, event: Event) -> Result<(), KernelError> {
        let subject = event.subject.id;
        self.finish_as(subject, event).await
    }

    /// The same where what a repeated request finds again is not what the event is about.
    pub(crate) async fn finish_as(self, subject: Uuid, event: Event) -> Result<(), KernelError> {
        if let Some(claim) = self.key_claim() {
            self.unit.idempotency_keys().update_subject(&claim, subject).await?;
        }
        self.record(event).await?;
        self.unit.commit().await
    }
}

/// Writes an event: who, when, from where, and its place in the log.
pub(crate) async fn record(
    kernel: &Kernel,
    unit: &dyn UnitOfWork,
    caller: &Caller,
    at: DateTime<Utc>,
    event: Event,
) -> Result<EventId, KernelError> {
    let next = unit.events().next(caller.user()).await?;
    let actor = caller.principal();
    let record = EventRecord {
        id: EventId::new(kernel.ids().uuid()),
        actor: EventSubject { kind: actor_kind(actor).to_owned(), id: actor.uuid(), name: next.actor_name },
        seq: next.seq,
        kind: event.kind.to_owned(),
        at,
        origin: origin(caller),
        subject: event.subject,
        project_id: event.project_id,
        changes: event.changes,
    };
    unit.events().insert(&record).await?;
    Ok(record.id)
}

/// The token of a launched product opens what is made for it and nothing else.
fn expect_audience(request: &Request, admission: Admission) -> Result<(), KernelError> {
    let product_token = matches!(request.caller.credential(), Credential::ProductToken { .. });
    if product_token && admission != Admission::Product {
        return Err(KernelError::TokenAudience);
    }
    Ok(())
}
