//! Putting people in charge of a workspace.

use guildhall_core::{AccountId, Email, Name, Scope, UserId, WorkspaceId};
use guildhall_identity::{NewUser, Password, PasswordHash, Profile, User};
use guildhall_tenancy::{
    MemberPatch, MemberState, NewInvitation, NewMember, TenancyError, Workspace, WorkspaceRole,
};

use super::WorkspaceMade;
use crate::{
    Begun, Event, InvitedShown, Kernel, KernelError, Outcome, Request, code, members::assign, work::Work,
};

/// Somebody to be put in charge of a workspace.
#[derive(Debug, Clone)]
pub struct NameAdmin {
    /// His address. An address that has an account keeps its names.
    pub email: Email,
    /// Given name.
    pub firstname: Name,
    /// Family name.
    pub lastname: Name,
    /// The password of an account to be made; without one he is invited.
    pub password: Option<Password>,
}

/// Who was put in charge: a member from now on, or somebody who is invited.
#[derive(Debug, Clone, PartialEq)]
pub enum AdminNamed {
    /// A member from now on.
    Member(UserId),
    /// Somebody without an account.
    Invited(Box<InvitedShown>),
}

impl Kernel {
    /// Puts somebody in charge of a workspace, a member of it or not.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKSPACE_MANAGE`; [`KernelError::NotFound`] where the workspace is not there;
    /// [`KernelError::Tenancy`] where he is its admin already, or it is the System workspace; [`KernelError::Refused`]
    /// where a password comes beside an address that has an account.
    pub async fn name_workspace_admin(
        &self,
        request: &Request,
        id: WorkspaceId,
        command: NameAdmin,
    ) -> Result<Outcome<WorkspaceMade>, KernelError> {
        let hash = self.hash_for_admin(request, &command).await?;
        let Begun::Fresh(work) = self.begin_platform(request).await? else {
            return self.made_before(request, id).await;
        };
        let (work, workspace) = work.take_charge(id).await?;
        if workspace.id.is_system() {
            return Err(TenancyError::SystemHasNoMembers.into());
        }
        let admin = self.name_admin(&work, &workspace, command, hash).await?;
        let event = Event::new("workspace.admin_named", id.uuid(), workspace.name.to_string());
        work.rebind(Scope::System).await?.finish(event).await?;
        let shown = self.find_any_workspace(request, id).await?;
        Ok(Outcome::Done(WorkspaceMade { shown, admin: Some(admin) }))
    }

    /// Refuses what can be refused before anything is written, and hashes the password outside of any unit of work that
    /// could hold the writer.
    pub(super) async fn hash_for_admin(
        &self,
        request: &Request,
        command: &NameAdmin,
    ) -> Result<Option<PasswordHash>, KernelError> {
        let work = self.read_platform(request).await?;
        work.require(&code::WORKSPACE_MANAGE, AccountId::PLATFORM)?;
        let known = work.users().find_by_email(&command.email).await?.is_some();
        drop(work);
        match &command.password {
            Some(_) if known => Err(account_exists()),
            Some(password) => Ok(Some(self.hasher().hash(password).await?)),
            None => Ok(None),
        }
    }

    /// Makes somebody an admin of the workspace that the work is in, or invites him to be one.
    pub(super) async fn name_admin(
        &self,
        work: &Work<'_>,
        workspace: &Workspace,
        command: NameAdmin,
        hash: Option<PasswordHash>,
    ) -> Result<AdminNamed, KernelError> {
        let known = work.users().find_by_email(&command.email).await?;
        match (known, hash) {
            (Some(_), Some(_)) => Err(account_exists()),
            (Some(user), None) => self.promote(work, workspace, &user).await,
            (None, Some(hash)) => {
                let profile = Profile::named(command.firstname, command.lastname);
                let new = NewUser { email: command.email, profile, password: Some(hash), verified: false };
                let user = self.identity(&**work).create_user(new).await?;
                let event = Event::new("user.created", user.id.uuid(), user.display_name());
                work.record(event.creating(&user)).await?;
                self.promote(work, workspace, &user).await
            }
            (None, None) => self.invite_admin(work, workspace, command).await,
        }
    }

    async fn promote(
        &self,
        work: &Work<'_>,
        workspace: &Workspace,
        user: &User,
    ) -> Result<AdminNamed, KernelError> {
        let (role, organisation) = (WorkspaceRole::WorkspaceAdmin, workspace.organisation_account_id);
        let of_user = |kind| Event::new(kind, user.id.uuid(), user.display_name());
        let event = match work.workspace_members().find(user.id).await? {
            Some(member) if member.is_active_admin() => return Err(TenancyError::AlreadyMember.into()),
            Some(before) => {
                let patch = MemberPatch { role: Some(role), state: Some(MemberState::Active) };
                let after = self.tenancy(&**work).change_member(before.clone(), patch).await?;
                of_user("member.changed").changing(&before, &after)
            }
            None => {
                let new = NewMember { workspace_id: workspace.id, user_id: user.id, role };
                of_user("member.created").creating(&self.tenancy(&**work).add_member(new).await?)
            }
        };
        assign(self, &**work, user.id, role, None, organisation).await?;
        work.record(event).await?;
        Ok(AdminNamed::Member(user.id))
    }

    async fn invite_admin(
        &self,
        work: &Work<'_>,
        workspace: &Workspace,
        command: NameAdmin,
    ) -> Result<AdminNamed, KernelError> {
        let invited_by = work.caller().user().ok_or(KernelError::Forbidden(code::WORKSPACE_MANAGE))?;
        let invitation = NewInvitation {
            email: command.email,
            user_id: None,
            role: WorkspaceRole::WorkspaceAdmin,
            node_ids: None,
            firstname: Some(command.firstname),
            lastname: Some(command.lastname),
            invited_by,
            mailed: self.settings().mail,
            project: None,
            lifetime: self.invitation_lifetime(&**work).await?,
        };
        let invited = self.tenancy(&**work).invite(invitation).await?;
        let made = &invited.invitation;
        let event = Event::new("invitation.created", made.id.uuid(), made.email.to_string());
        work.record(event.creating(made)).await?;
        let shown = self.send_invitation(&**work, workspace, &invited).await?;
        Ok(AdminNamed::Invited(Box::new(shown)))
    }
}

fn account_exists() -> KernelError {
    let detail = "the address has an account, which keeps its password: send none".to_owned();
    KernelError::Refused { code: "account_exists", detail }
}
