//! Taking an invitation.

use guildhall_authz::{Epoch, Permission};
use guildhall_core::{
    Access, Caller, Credential, Name, Principal, RequestId, Scope, Secret, StoreError, UserId, WorkspaceId,
};
use guildhall_identity::{NewUser, Password, PasswordHash, Profile, ProfilePatch, User};
use guildhall_orchestration::{AddMember, OrchestrationError, ProjectMember};
use guildhall_tenancy::{Accepted, Invitation, TenancyError, Workspace, WorkspaceRole};

use super::offer::Offer;
use crate::{
    Event, Kernel, KernelError, Unauthenticated, UnitOfWork, mail::Letter, members::assign, unit::Unit,
    view::View, work::record,
};

/// Whoever takes an invitation, and what he brings.
#[derive(Debug, Clone)]
pub struct AcceptInvitation {
    /// The invitation's secret, as its link spells it.
    pub token: String,
    /// The password of an account to be made, or to be taken over.
    pub password: Option<Password>,
    /// Its given name, where the inviter gave none or another.
    pub firstname: Option<Name>,
    /// Its family name, likewise.
    pub lastname: Option<Name>,
    /// The workspace that host or header name.
    pub workspace: Option<WorkspaceId>,
    /// Who is signed in.
    pub caller: Option<Caller>,
    /// The request's id.
    pub request_id: RequestId,
}

/// A membership that began, or one to which a project was added.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    /// The workspace.
    pub workspace: Workspace,
    /// The member.
    pub user_id: UserId,
    /// What he is there.
    pub role: WorkspaceRole,
}

impl Kernel {
    /// Takes an invitation. An address that has an account is its user's, who must be signed in; for another address an
    /// account is made. An account that nobody has shown to be his becomes that of whoever brings the first mailed link, and
    /// his password. Whether the inviter may still give what he offered is asked again.
    ///
    /// # Errors
    /// [`KernelError::Refused`] with `invitation_invalid` where the secret opens nothing, for whatever reason, with
    /// `account_exists` where an account would be made twice, with `account_incomplete` where something for it is missing;
    /// [`Unauthenticated::SignInRequired`] where the address has an account; [`KernelError::Tenancy`] where its user is a
    /// member already.
    pub async fn accept_invitation(&self, command: AcceptInvitation) -> Result<Joined, KernelError> {
        let secret: Secret = command.token.parse().map_err(|_| invalid())?;
        let workspace = self.invited_to(&command, &secret).await?;
        let hash = self.look_before(workspace, &secret, &command).await?;
        let scope = Scope::Workspace(workspace);
        let unit = self.unit(scope, Access::Write).await?;
        // Nobody takes the inviter's right away from here on. The view is compiled before the epoch is raised: what is kept
        // of it must be what is committed.
        unit.epochs().lock().await?;
        let view = self.find_view(&*unit, scope, Access::Write).await?;
        let invitation = self.tenancy(&*unit).open_invitation(&secret).await.map_err(closed)?;
        let workspace = self.still_offered(&*unit, &view, &invitation).await?;
        let taker = self.find_or_make_taker(&*unit, &invitation, &command, hash).await?;
        let user = taker.user().id;
        let accepted = self.tenancy(&*unit).accept_invitation(workspace.id, invitation, user).await?;
        let project = self.give_the_rest(&*unit, &workspace, &accepted).await?;
        unit.epochs().raise(Epoch::Workspace, &[user.into()]).await?;
        let credential = command.caller.map_or(Credential::Password, |caller| caller.credential());
        let caller = Caller::trusted(Principal::User(user), credential, Some(workspace.id));
        let events = events(&accepted, &taker, project);
        let unit = self.tell(unit, workspace.id, &caller, &taker, events).await?;
        unit.commit().await?;
        Ok(Joined { workspace, user_id: user, role: accepted.member.role })
    }

    /// The workspace that host or header name, else the one that the secret leads to.
    async fn invited_to(
        &self,
        command: &AcceptInvitation,
        secret: &Secret,
    ) -> Result<WorkspaceId, KernelError> {
        let found = match command.workspace {
            Some(named) => Some(named),
            None => {
                let unit = self.unit(Scope::Platform, Access::Read).await?;
                unit.directory().find_invitation(&secret.hash()).await?
            }
        };
        found.filter(|id| !id.is_system()).ok_or_else(invalid)
    }

    /// Refuses what can be refused before anything is written, and hashes the password outside of any unit of work that
    /// could hold the writer.
    async fn look_before(
        &self,
        workspace: WorkspaceId,
        secret: &Secret,
        command: &AcceptInvitation,
    ) -> Result<Option<PasswordHash>, KernelError> {
        let unit = self.unit(Scope::Workspace(workspace), Access::Read).await?;
        let invitation = self.tenancy(&*unit).open_invitation(secret).await.map_err(closed)?;
        match unit.users().find_by_email(&invitation.email).await? {
            Some(user) if takes_over(&user, &invitation) => check_new_owner(command)?,
            Some(user) => {
                check_taker(&user, command)?;
                return Ok(None);
            }
            None => drop(new_profile(&invitation, command)?),
        }
        drop(unit);
        match &command.password {
            Some(password) => Ok(Some(self.hasher().hash(password).await?)),
            None => Ok(None),
        }
    }

    /// The workspace, where it is open and the inviter may still give what he offered.
    async fn still_offered(
        &self,
        unit: &dyn UnitOfWork,
        view: &View,
        invitation: &Invitation,
    ) -> Result<Workspace, KernelError> {
        let workspace = view.workspace.clone().ok_or_else(invalid)?;
        if !view.is_active() {
            return Err(KernelError::WorkspaceInactive);
        }
        let inviter = unit.users().find(invitation.invited_by).await?.filter(|user| user.active);
        let inviter = Principal::User(inviter.ok_or_else(invalid)?.id);
        let offer = Offer::of(unit, workspace.account_id, invitation).await?.ok_or_else(invalid)?;
        let now = self.clock().now();
        let lacking = offer.lacks(|code, account| {
            view.snapshot.allows(inviter, &Permission::platform(code.clone()), account, now)
        });
        if lacking.is_some() { Err(invalid()) } else { Ok(workspace) }
    }

    /// The user of the address, his account found, taken over or made.
    async fn find_or_make_taker(
        &self,
        unit: &dyn UnitOfWork,
        invitation: &Invitation,
        command: &AcceptInvitation,
        hash: Option<PasswordHash>,
    ) -> Result<Taker, KernelError> {
        let Some(before) = unit.users().find_by_email(&invitation.email).await? else {
            // A link that did not go out by mail shows nothing of whose the address is.
            let verified = invitation.mailed;
            let profile = new_profile(invitation, command)?;
            let user = NewUser { email: invitation.email.clone(), profile, password: hash, verified };
            return Ok(Taker::Made(self.identity(unit).create_user(user).await?));
        };
        if !takes_over(&before, invitation) {
            check_taker(&before, command)?;
            return Ok(Taker::Found(before));
        }
        check_new_owner(command)?;
        let hash = hash.ok_or(StoreError::Stale)?; // the account was another one when the password was looked at
        let (firstname, lastname) = (command.firstname.clone(), command.lastname.clone());
        let names = ProfilePatch { firstname, lastname, ..ProfilePatch::default() };
        let after = self.identity(unit).take_over(before.clone(), names, &hash).await?;
        self.post(unit, Letter::password_changed(&after)).await?;
        Ok(Taker::Over(Box::new(TakenOver { before, after })))
    }

    /// Records what has happened. The keys of an account that was taken over end everywhere; the logs are taken in the order
    /// of the workspaces' ids, as by everybody who writes in several.
    async fn tell<'k>(
        &'k self,
        unit: Unit<'k>,
        here: WorkspaceId,
        caller: &Caller,
        taker: &Taker,
        events: Vec<Event>,
    ) -> Result<Unit<'k>, KernelError> {
        let user = taker.user().id;
        let his = match taker {
            Taker::Over(_) => unit.membership_directory().list_workspaces(user).await?,
            Taker::Found(_) | Taker::Made(_) => Vec::new(),
        };
        let (first, then): (Vec<_>, Vec<_>) = his.into_iter().partition(|one| *one <= here);
        let unit = self.end_keys_in(unit, &first, user, caller).await?;
        let unit = unit.rebind(Scope::Workspace(here)).await?;
        for event in events {
            record(self, &*unit, caller, self.clock().now(), event).await?;
        }
        self.end_keys_in(unit, &then, user, caller).await
    }

    /// What the invitation gives besides the membership. A project that was archived or purged since is not joined.
    async fn give_the_rest(
        &self,
        unit: &dyn UnitOfWork,
        workspace: &Workspace,
        accepted: &Accepted,
    ) -> Result<Option<ProjectMember>, KernelError> {
        let Accepted { invitation, member, joined } = accepted;
        if *joined {
            let nodes = invitation.node_ids.as_deref();
            let organisation = workspace.organisation_account_id;
            assign(self, unit, member.user_id, member.role, nodes, organisation).await?;
        }
        let Some(to) = &invitation.project else { return Ok(None) };
        let role = to.role.as_str().parse().map_err(|_| invalid())?;
        let Some(project) = unit.projects().update_board_version(to.project_id).await? else {
            return Ok(None);
        };
        let command = AddMember { user_id: member.user_id, role };
        match self.orchestration(unit).add_member(&project, command).await {
            Ok(member) => Ok(Some(member)),
            Err(OrchestrationError::ProjectArchived | OrchestrationError::AlreadyMember) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Who takes an invitation.
enum Taker {
    /// Somebody who has an account.
    Found(User),
    /// Somebody whose account was made just now.
    Made(User),
    /// Somebody who has the address of an account that nobody had shown to be his; now it is.
    Over(Box<TakenOver>),
}

/// An account before and after.
struct TakenOver {
    before: User,
    after: User,
}

impl Taker {
    fn user(&self) -> &User {
        match self {
            Self::Found(user) | Self::Made(user) => user,
            Self::Over(taken) => &taken.after,
        }
    }
}

/// Whether the link is the first to show whose the account is.
fn takes_over(user: &User, invitation: &Invitation) -> bool {
    invitation.mailed && !user.verified && user.active
}

fn events(accepted: &Accepted, taker: &Taker, project: Option<ProjectMember>) -> Vec<Event> {
    let Accepted { invitation, member, joined } = accepted;
    let user = taker.user();
    let of_user = |kind| Event::new(kind, user.id.uuid(), user.display_name());
    let address = invitation.email.to_string();
    let mut events = vec![Event::new("invitation.accepted", invitation.id.uuid(), address)];
    match taker {
        Taker::Found(_) => {}
        Taker::Made(user) => events.push(of_user("user.created").creating(user)),
        Taker::Over(taken) => {
            events.push(of_user("user.taken_over").changing(&taken.before, &taken.after));
        }
    }
    if *joined {
        events.push(of_user("member.created").creating(member));
    }
    events.extend(
        project.map(|member| of_user("project_member.added").in_project(member.project_id).creating(&member)),
    );
    events
}

/// Refuses whoever takes what is offered to an account without being signed in to it, or would make it a second time.
fn check_taker(user: &User, command: &AcceptInvitation) -> Result<(), KernelError> {
    let signed_in = command
        .caller
        .filter(|caller| matches!(caller.credential(), Credential::Session(_) | Credential::Embedded));
    if signed_in.and_then(|caller| caller.user()) != Some(user.id) {
        return Err(Unauthenticated::SignInRequired.into());
    }
    if command.password.is_some() || command.firstname.is_some() || command.lastname.is_some() {
        let detail = "the address has an account: send the token alone".to_owned();
        return Err(KernelError::Refused { code: "account_exists", detail });
    }
    Ok(())
}

/// Refuses whoever has the address of an account that nobody had shown to be his, and brings no password of his own: whoever
/// made the account would keep the way in.
fn check_new_owner(command: &AcceptInvitation) -> Result<(), KernelError> {
    if command.password.is_some() {
        return Ok(());
    }
    let detail = "the address has an account, and nobody has shown yet that it is his; to make it yours send `password` \
                  too: it ends all sessions and API keys that the account has";
    Err(KernelError::Refused { code: "account_incomplete", detail: detail.to_owned() })
}

/// What the account to be made says of its user: his own words before the inviter's.
fn new_profile(invitation: &Invitation, command: &AcceptInvitation) -> Result<Profile, KernelError> {
    let firstname = command.firstname.clone().or_else(|| invitation.firstname.clone());
    let lastname = command.lastname.clone().or_else(|| invitation.lastname.clone());
    let missing = [
        ("password", command.password.is_none()),
        ("firstname", firstname.is_none()),
        ("lastname", lastname.is_none()),
    ];
    let missing: Vec<_> = missing.iter().filter(|(_, missing)| *missing).map(|(name, _)| *name).collect();
    match (firstname, lastname) {
        (Some(firstname), Some(lastname)) if missing.is_empty() => Ok(Profile::named(firstname, lastname)),
        _ => Err(incomplete(&missing)),
    }
}

fn incomplete(missing: &[&str]) -> KernelError {
    let detail = format!("the address has no account yet; to make one send `{}` too", missing.join("`, `"));
    KernelError::Refused { code: "account_incomplete", detail }
}

/// One answer for every secret that opens nothing, so that it tells nothing of what it once opened.
fn invalid() -> KernelError {
    let detail = "there is no such invitation, or it has expired or was used; ask for a new one".to_owned();
    KernelError::Refused { code: "invitation_invalid", detail }
}

fn closed(error: TenancyError) -> KernelError {
    match error {
        TenancyError::InvitationNotFound
        | TenancyError::InvitationExpired
        | TenancyError::InvitationClosed { .. } => invalid(),
        other => other.into(),
    }
}
