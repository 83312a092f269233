//! A user's own sessions: all of them, and one in another workspace.

use std::net::IpAddr;

use guildhall_core::{
    Access, Caller, Credential, Page, PageRequest, Principal, RequestId, Scope, Secret, SessionId, UserId,
    WorkspaceId,
};
use guildhall_identity::{IdentityError, Session, TokenPurpose};
use guildhall_tenancy::{MemberState, Workspace, WorkspaceState};

use crate::{
    Event, Kernel, KernelError, Request, SignedIn, Unauthenticated, paging::page_of,
    sign_in::COOKIE_LIFETIME, work::Work,
};

/// A one-time code, brought to the workspace that it is for.
#[derive(Debug, Clone)]
pub struct SwitchIn {
    /// The code, as the link spells it.
    pub code: String,
    /// The workspace that host or header name.
    pub workspace: Option<WorkspaceId>,
    /// The address that the request came from, as far as it is known.
    pub address: Option<IpAddr>,
    /// The request's id.
    pub request_id: RequestId,
}

impl Kernel {
    /// The user's own sessions that have not ended, wherever he signed in.
    ///
    /// # Errors
    /// [`KernelError::TokenAudience`] where the caller has no session himself.
    pub async fn list_my_sessions(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<Session>, KernelError> {
        let (user, _) = signed_in(request)?;
        let work = self.read_anywhere(request).await?;
        let live = work.sessions().list_live(user, work.now()).await?;
        Ok(page_of(live, page, |session| session.id.to_string()))
    }

    /// Ends one of the user's own sessions.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not his, or has ended; [`KernelError::TokenAudience`] where the caller has no
    /// session himself.
    pub async fn end_my_session(&self, request: &Request, id: SessionId) -> Result<(), KernelError> {
        let (user, _) = signed_in(request)?;
        let work = self.begin_anywhere(request).await?;
        request.expect_no_version()?;
        let session = work.sessions().find(id).await?;
        let own = session.filter(|session| session.user_id == user && session.is_live(work.now()));
        own.ok_or(KernelError::NotFound)?;
        self.identity(&*work).end_session(id).await?;
        work.finish(Event::new("session.ended", id.uuid(), None)).await
    }

    /// Where the user goes on in another workspace that he is a member of: a page that carries a one-time code, good for a
    /// minute, for this user, from this session, to that workspace.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where he is no member of it, or nobody works in it; [`KernelError::TokenAudience`] where
    /// the caller has no session.
    pub async fn switch_workspace(&self, request: &Request, to: WorkspaceId) -> Result<String, KernelError> {
        let (user, session) = signed_in(request)?;
        let session = session.ok_or(KernelError::TokenAudience)?;
        let target = self.my_workspace(user, to).await?;
        let work = self.begin_anywhere(request).await?;
        work.expect_live(Some(session)).await?;
        let purpose = TokenPurpose::Switch { session, workspace: to };
        let code = self.identity(&*work).open_token(user, purpose).await?;
        work.finish(Event::new("session.switching", session.uuid(), None)).await?;
        let place = format!("sessions/switch#code={}", code.reveal());
        Ok(self.workspace_url(&target, &place))
    }

    async fn my_workspace(&self, user: UserId, id: WorkspaceId) -> Result<Workspace, KernelError> {
        let unit = self.unit(Scope::of(id), Access::Read).await?;
        let workspace = unit.workspaces().find(id).await?;
        let workspace = workspace.filter(|one| one.state == WorkspaceState::Active && !one.id.is_system());
        let member = unit.workspace_members().find(user).await?;
        let active = member.is_some_and(|member| member.state == MemberState::Active);
        workspace.filter(|_| active).ok_or(KernelError::NotFound)
    }

    /// Opens a session with the code of a switch. The session that it came from goes on.
    ///
    /// # Errors
    /// [`Unauthenticated::WrongCredentials`] for whatever is wrong with the code: unknown, used, expired, for another
    /// workspace, or from a session that has ended.
    pub async fn sign_in_by_switch(&self, command: SwitchIn) -> Result<SignedIn, KernelError> {
        let wrong = || KernelError::Unauthenticated(Unauthenticated::WrongCredentials);
        let code: Secret = command.code.parse().map_err(|_| wrong())?;
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let token = self.identity(&*unit).find_token(&code).await.map_err(no_token)?;
        drop(unit);
        let TokenPurpose::Switch { session: source, workspace } = token.purpose else { return Err(wrong()) };
        if command.workspace != Some(workspace) {
            return Err(wrong());
        }
        let credential = Credential::Session(source);
        let caller = Caller::trusted(Principal::User(token.user_id), credential, Some(workspace));
        let request = Request::embedded(caller, command.request_id);
        let work = self.admit(&request).await?;
        let identity = self.identity(&*work);
        identity.redeem_token(&code).await.map_err(no_token)?;
        let now = work.now();
        let source = work.sessions().find(source).await?.filter(|source| source.is_live(now));
        let user = work.users().find(token.user_id).await?.filter(|user| user.active);
        let (Some(_), Some(user)) = (source, user) else { return Err(wrong()) };
        let (session, secret) =
            identity.open_cookie_session(user.id, Some(workspace), COOKIE_LIFETIME).await?;
        work.finish(Event::new("session.switched", session.id.uuid(), user.display_name())).await?;
        Ok(SignedIn { user, session, secret })
    }
}

impl Work<'_> {
    /// Refuses where the session that the request came by has ended since, and keeps it from ending until the work is done:
    /// another way in that it makes would outlive it.
    pub(crate) async fn expect_live(&self, session: Option<SessionId>) -> Result<(), KernelError> {
        let Some(session) = session else { return Ok(()) };
        let stored = self.sessions().find_for_update(session).await?;
        if stored.is_some_and(|stored| stored.is_live(self.now())) {
            Ok(())
        } else {
            Err(Unauthenticated::Invalid.into())
        }
    }
}

/// A code that opens nothing is a wrong credential like any other.
fn no_token(error: IdentityError) -> KernelError {
    match error {
        IdentityError::TokenInvalid => Unauthenticated::WrongCredentials.into(),
        other => other.into(),
    }
}

/// The person who asks, and his session, where it is not code that vouches for him. Whoever comes by anything else has no
/// say about sessions and passwords.
pub(crate) fn signed_in(request: &Request) -> Result<(UserId, Option<SessionId>), KernelError> {
    let user = request.caller.user().ok_or(KernelError::TokenAudience)?;
    match request.caller.credential() {
        Credential::Session(session) => Ok((user, Some(session))),
        Credential::Embedded => Ok((user, None)),
        _ => Err(KernelError::TokenAudience),
    }
}
